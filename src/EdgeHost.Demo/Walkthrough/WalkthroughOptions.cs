namespace EdgeHost.Demo.Walkthrough;

internal sealed record WalkthroughOptions(string? Directory, int? Port, bool Script);

namespace EdgeHost.Demo.Walkthrough.Visiting;

internal sealed record SitesAnswer(IReadOnlyList<SiteStatus>? Sites);

namespace EdgeHost.SystemTests.Faults.Platforms;

/// <summary>A request's head as the platform received it.</summary>
internal sealed record PlatformRequest(string Method, string Target, string Host, bool IsProbe)
{
    private const string Mark = "?id=";

    public string Path => Target.Split('?')[0];

    /// <summary>What tells it from all others, where its sender gave it that; null where not.</summary>
    public string? Id => Target.IndexOf(Mark, StringComparison.Ordinal) is >= 0 and var at ? Target[(at + Mark.Length)..] : null;
}

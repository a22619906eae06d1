namespace StaticExport.Fetching;

/// <summary>What one request may cost.</summary>
internal sealed record FetchLimits
{
    /// <summary>Longest body in bytes, unpacked; 1 and up. Default: 256 MiB.</summary>
    public long MaxBodyBytes { get; init; } = 256L * 1024 * 1024;

    /// <summary>Longest time from the request to the last byte of the answer; up to 1 h. Default: 30 s.</summary>
    public TimeSpan PageTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How often a request is tried again that failed in a way which may pass; 0 to 10. Default: 2.</summary>
    public int Retries { get; init; } = 2;

    /// <summary>Requests at one time; 1 to 64. Default: 4.</summary>
    public int Concurrency { get; init; } = 4;

    /// <summary>Least time between the starts of two requests; up to 1 min. Default: none.</summary>
    public TimeSpan Delay { get; init; } = TimeSpan.Zero;
}

namespace StaticExport.Fetching;

/// <summary>What one request may cost.</summary>
internal sealed record FetchLimits
{
    /// <summary>Longest body, unpacked. Default: 256 MiB.</summary>
    public long MaxBodyBytes { get; init; } = 256L * 1024 * 1024;

    /// <summary>Longest time from the request to the last byte of the answer. Default: 30 s.</summary>
    public TimeSpan PageTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How often a request is tried again that failed in a way which may pass. Default: 2.</summary>
    public int Retries { get; init; } = 2;

    /// <summary>Requests at one time. Default: 4.</summary>
    public int Concurrency { get; init; } = 4;

    /// <summary>Least time between the starts of two requests. Default: none.</summary>
    public TimeSpan Delay { get; init; } = TimeSpan.Zero;
}

namespace StaticExport.Crawling;

/// <summary>What a whole crawl may cost. A crawl that would exceed a bound is incomplete and fails; only depth is a choice of what to export.</summary>
internal sealed record CrawlLimits
{
    /// <summary>Most URLs, assets included; 1 to 10,000,000. Default: 50,000.</summary>
    public int MaxPages { get; init; } = 50_000;

    /// <summary>Most bytes of all bodies, unpacked; 1 and up. Default: 20 GiB.</summary>
    public long MaxBytes { get; init; } = 20L * 1024 * 1024 * 1024;

    /// <summary>Most steps from a start page; what a page is made of is no step; 0 to 1,000,000. Default: no limit.</summary>
    public int? MaxDepth { get; init; }

    /// <summary>Longest time; up to 30 days. Default: 6 h.</summary>
    public TimeSpan MaxTime { get; init; } = TimeSpan.FromHours(6);
}

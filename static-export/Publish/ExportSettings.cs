using System.Collections.Immutable;
using EdgeHost.SnapshotStore.Sites;
using EdgeHost.SnapshotStore.Targets;
using StaticExport.Crawling;
using StaticExport.Fetching;
using StaticExport.Scoping;
using StaticExport.Volatility;

namespace StaticExport.Publish;

/// <summary>What is exported, and within which bounds.</summary>
internal sealed record ExportSettings
{
    public required SiteId Site { get; init; }

    /// <summary>Where the platform answers: scheme, host and port.</summary>
    public required Uri Origin { get; init; }

    /// <summary>The scheme and host that visitors use.</summary>
    public required SiteView Canonical { get; init; }

    public ImmutableArray<SiteAuthority> Aliases { get; init; } = [];

    public ImmutableArray<UrlPattern> Include { get; init; } = [];

    public ImmutableArray<UrlPattern> Exclude { get; init; } = [];

    public VolatilePatterns Volatile { get; init; } = VolatilePatterns.None;

    public QueryPolicy Query { get; init; } = QueryPolicy.Default;

    public ImmutableArray<string> Seeds { get; init; } = [];

    public CrawlLimits Crawl { get; init; } = new();

    public FetchLimits Fetch { get; init; } = new();

    /// <summary>How many URLs may fail. Default: 0.</summary>
    public int MaxFailed { get; init; }

    public string? Reason { get; init; }

    /// <summary>Crawl and judge, and change nothing.</summary>
    public bool IsDryRun { get; init; }

    public SiteScope Scope => new() { Authorities = [Canonical.Authority, .. Aliases], Query = Query, Include = Include, Exclude = Exclude };
}

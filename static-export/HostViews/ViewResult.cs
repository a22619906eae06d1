using StaticExport.Capturing;
using StaticExport.Crawling;
using StaticExport.Fetching;
using StaticExport.Scoping;

namespace StaticExport.HostViews;

/// <summary>What is known of one other view of the site.</summary>
internal sealed record ViewResult
{
    public required SiteView View { get; init; }

    /// <summary>Null when a probe failed.</summary>
    public ViewDecision? Decision { get; init; }

    /// <summary>The crawl of a view with entries of its own.</summary>
    public CrawlResult? Crawl { get; init; }

    /// <summary>Why nothing is known.</summary>
    public FetchFailure? Failure { get; init; }

    public CapturedView? Captured => Decision is null
        ? null
        : new CapturedView(View.Scheme, View.Authority.Host, Decision.Rule, Decision.RedirectStatus, Decision.RedirectTo, Crawl is null ? [] : [.. Crawl.Answers]);
}

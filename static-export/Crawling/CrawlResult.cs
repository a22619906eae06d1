using System.Collections.Immutable;
using StaticExport.Capturing;
using StaticExport.Scoping;

namespace StaticExport.Crawling;

/// <summary>What a crawl of one view of the site found.</summary>
internal sealed record CrawlResult
{
    public required SiteView View { get; init; }

    /// <summary>Every URL that was asked for, in order of their keys.</summary>
    public required ImmutableArray<Visit> Visits { get; init; }

    public required ImmutableArray<SkippedUrl> Skipped { get; init; }

    /// <summary>Skipped URLs beyond those that are listed.</summary>
    public int UnlistedSkips { get; init; }

    public int OffSiteLinks { get; init; }

    public required ImmutableArray<string> OffSite { get; init; }

    /// <summary>The visit of a page that can't exist; null on views other than the canonical.</summary>
    public Visit? NotFoundProbe { get; init; }

    /// <summary>Null: every URL had its turn.</summary>
    public StopReason? Stopped { get; init; }

    public IEnumerable<CapturedAnswer> Answers => Visits.Select(visit => visit.Answer).OfType<CapturedAnswer>();

    public IEnumerable<Visit> Failed => Visits.Append(NotFoundProbe).OfType<Visit>().Where(visit => visit.Failure is not null);
}

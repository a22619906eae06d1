using System.Collections.Immutable;
using StaticExport.Capturing;
using StaticExport.Comparing;
using StaticExport.Fetching;
using StaticExport.LinkExtraction;

namespace StaticExport.Crawling;

/// <summary>What came of asking for one URL.</summary>
internal sealed record Visit
{
    public required CrawlItem Item { get; init; }

    /// <summary>What is recorded; null when there is a failure.</summary>
    public CapturedAnswer? Answer { get; init; }

    public FetchFailure? Failure { get; init; }

    /// <summary>How the answer stands to the active snapshot's.</summary>
    public EntryChange Change { get; init; }

    public IReadOnlyList<FoundLink> Links { get; init; } = [];

    /// <summary>See <see cref="FetchedAnswer.Reservation"/>.</summary>
    public string? Reservation { get; init; }

    public ImmutableArray<string> Warnings { get; init; } = [];
}

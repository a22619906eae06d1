using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace StaticExport.Reports;

/// <summary>What an export did, for machines. See docs/exporting.md.</summary>
internal sealed record ExportReport
{
    public const int CurrentFormat = 1;

    public int Format { get; init; } = CurrentFormat;

    public required string Run { get; init; }

    public required string Site { get; init; }

    public required string Origin { get; init; }

    /// <summary>The canonical scheme and host.</summary>
    public required string Url { get; init; }

    public required DateTimeOffset StartedAt { get; init; }

    public required DateTimeOffset EndedAt { get; init; }

    public required ReportOutcome Outcome { get; init; }

    /// <summary>Why it failed or was only staged.</summary>
    public ImmutableArray<string> Reasons { get; init; } = [];

    public ImmutableArray<string> Warnings { get; init; } = [];

    public ReportTotals Totals { get; init; } = new();

    public ReportSnapshot? Snapshot { get; init; }

    public ReportNotFound? NotFound { get; init; }

    public ImmutableArray<ReportView> Views { get; init; } = [];

    public ReportOffSite OffSite { get; init; } = new(0, [], false);

    /// <summary>Every URL on the site's hosts that was found, in order.</summary>
    public ImmutableArray<ReportUrl> Urls { get; init; } = [];
}

internal enum ReportOutcome
{
    [JsonStringEnumMemberName("activated")]
    Activated,

    [JsonStringEnumMemberName("staged")]
    Staged,

    [JsonStringEnumMemberName("failed")]
    Failed,

    [JsonStringEnumMemberName("dry-run")]
    DryRun,
}

internal sealed record ReportTotals
{
    public int Recorded { get; init; }

    public int Documents { get; init; }

    public int Assets { get; init; }

    public int Redirects { get; init; }

    /// <summary>404 and 410.</summary>
    public int Gone { get; init; }

    /// <summary>401 and 403.</summary>
    public int Forbidden { get; init; }

    public int Failed { get; init; }

    public int Skipped { get; init; }

    /// <summary>Skipped URLs beyond those that are listed.</summary>
    public int SkippedUnlisted { get; init; }

    public long Bytes { get; init; }

    public int New { get; init; }

    public int Changed { get; init; }

    public int Same { get; init; }

    public int Kept { get; init; }

    /// <summary>Answers that are said to be <c>private</c>, <c>no-store</c> or to vary by cookie.</summary>
    public int Reserved { get; init; }
}

internal sealed record ReportSnapshot(string Id, int Entries, int BlobsUploaded, int BlobsPresent, long BytesUploaded, long BytesTotal);

/// <param name="Path">The page that was asked for because it can't exist.</param>
/// <param name="Status">What it answered.</param>
/// <param name="Recorded">Whether that is kept as the site's own answer for missing pages.</param>
/// <param name="Detail">Why not.</param>
internal sealed record ReportNotFound(string Path, int? Status, bool Recorded, string? Detail);

internal sealed record ReportView(string Url, string Rule, int? RedirectStatus, string? RedirectTo, string Reason);

/// <param name="Links">Links out of the site's hosts.</param>
/// <param name="Urls">Where they lead, each once.</param>
/// <param name="Truncated">Whether there are more than are listed.</param>
internal sealed record ReportOffSite(int Links, ImmutableArray<string> Urls, bool Truncated);

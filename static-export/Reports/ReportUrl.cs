using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace StaticExport.Reports;

internal enum UrlFate
{
    /// <summary>It is in the manifest.</summary>
    [JsonStringEnumMemberName("recorded")]
    Recorded,

    [JsonStringEnumMemberName("failed")]
    Failed,

    [JsonStringEnumMemberName("skipped")]
    Skipped,
}

/// <summary>What became of one URL.</summary>
internal sealed record ReportUrl
{
    /// <summary>The key in the manifest: canonical path and query.</summary>
    public required string Url { get; init; }

    /// <summary>The scheme and host, for a view with entries of its own; null for the canonical one.</summary>
    public string? View { get; init; }

    public required UrlFate Fate { get; init; }

    public int? Status { get; init; }

    /// <summary><c>document</c> or <c>asset</c>.</summary>
    public string? Kind { get; init; }

    public string? Type { get; init; }

    public string? Location { get; init; }

    public long? Bytes { get; init; }

    /// <summary><c>new</c>, <c>changed</c>, <c>same</c> or <c>kept</c>, compared with the snapshot that was active.</summary>
    public string? Change { get; init; }

    /// <summary>Why it was skipped or failed.</summary>
    public string? Reason { get; init; }

    public string? Detail { get; init; }

    /// <summary><c>private</c>, <c>no-store</c>, <c>vary by cookie</c>.</summary>
    public string? Reserved { get; init; }

    public ImmutableArray<string>? Warnings { get; init; }

    /// <summary>Where the first link to it stood: a key, or what else led there, in parentheses.</summary>
    public required string From { get; init; }
}

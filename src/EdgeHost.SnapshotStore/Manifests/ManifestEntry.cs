using System.Collections.Immutable;

namespace EdgeHost.SnapshotStore.Manifests;

/// <summary>One answer of a site: what the origin gave for one path and query, and where its bytes are.</summary>
public sealed record ManifestEntry
{
    /// <summary>Canonical path and query (<see cref="Targets.RequestTarget.Key"/>). Empty for <see cref="SnapshotManifest.NotFound"/>, which has no path of its own.</summary>
    public required string Key { get; init; }

    /// <summary>The status that the origin answered: 200, 30x, 404, 410 …</summary>
    public required int Status { get; init; }

    public required EntryKind Kind { get; init; }

    /// <summary>The origin's <c>Content-Type</c>, as sent; null when it sent none.</summary>
    public string? ContentType { get; init; }

    /// <summary>Where a redirect leads, as the origin sent it.</summary>
    public string? Location { get; init; }

    /// <summary>The origin's <c>Last-Modified</c>, if it sent one.</summary>
    public DateTimeOffset? LastModified { get; init; }

    /// <summary>Other headers that browsers act on (<see cref="RecordedHeaders"/>), by lower-case name.</summary>
    public ImmutableSortedDictionary<string, string> Headers
    {
        get;
        init => field = (value ?? ImmutableSortedDictionary<string, string>.Empty).WithComparers(StringComparer.Ordinal);
    } = ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal);

    /// <summary>When these bytes were captured. An entry that keeps its earlier blob keeps this too.</summary>
    public required DateTimeOffset CapturedAt { get; init; }

    /// <summary>The codings in store; identity is the first. Empty for an answer without a body.</summary>
    public ImmutableArray<StoredBody> Bodies { get; init => field = value.IsDefault ? [] : value; } = [];
}

using System.Collections.Immutable;
using EdgeHost.SnapshotStore.Manifests;

namespace StaticExport.Capturing;

/// <summary>One answer of the origin as a snapshot can hold it, with its body waiting on local disk.</summary>
internal sealed record CapturedAnswer
{
    /// <summary>Canonical path and query.</summary>
    public required string Key { get; init; }

    public required int Status { get; init; }

    public required EntryKind Kind { get; init; }

    public string? ContentType { get; init; }

    public string? Location { get; init; }

    public DateTimeOffset? LastModified { get; init; }

    public ImmutableSortedDictionary<string, string> Headers { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

    public required DateTimeOffset CapturedAt { get; init; }

    /// <summary>The decoded body (identity coding); null when there is none.</summary>
    public SpooledBody? Body { get; init; }

    /// <summary>
    /// The entry of the active snapshot, when the two differ only in what the site's volatile patterns match: its body, and so its blobs, stay as they are.
    /// </summary>
    public ManifestEntry? KeptEntry { get; init; }
}

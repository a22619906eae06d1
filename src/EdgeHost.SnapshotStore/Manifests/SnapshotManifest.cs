using System.Collections.Immutable;
using System.Text.Json.Serialization;
using EdgeHost.SnapshotStore.Sites;
using EdgeHost.SnapshotStore.Targets;

namespace EdgeHost.SnapshotStore.Manifests;

/// <summary>The list of what a snapshot holds. Immutable once written; its hash is in the journal record that activates it. See docs/snapshot-format.md.</summary>
/// <remarks>
/// Source-generated JSON gives an <c>init</c> property that the file lacks <c>default(T)</c> and not its initializer. So stored types say what they need
/// (<c>required</c>, <c>JsonRequired</c>) or mend the default in their accessor; a field that a later version adds must do the latter.
/// </remarks>
public sealed record SnapshotManifest
{
    /// <summary>The format that this version writes, and the newest that it reads.</summary>
    public const int CurrentFormat = 1;

    [JsonRequired]
    public int Format { get; init; } = CurrentFormat;

    public required SiteId Site { get; init; }

    public required SnapshotId Snapshot { get; init; }

    /// <summary>When the crawl began: no entry that was fetched anew is older.</summary>
    public required DateTimeOffset CapturedAt { get; init; }

    /// <summary><c>http</c> or <c>https</c>: the scheme that <see cref="Entries"/> were captured for.</summary>
    public required string Scheme { get; init; }

    /// <summary>The host that <see cref="Entries"/> were captured for.</summary>
    public required HostName Host { get; init; }

    [JsonRequired]
    public QueryPolicy Query { get; init; } = QueryPolicy.Default;

    /// <summary>The site's other schemes and hosts. One that is not listed answers as the canonical one does.</summary>
    public ImmutableArray<HostView> Views { get; init => field = value.IsDefault ? [] : value; } = [];

    /// <summary>The site's answer for a page that does not exist; null when it gave none worth keeping.</summary>
    public ManifestEntry? NotFound { get; init; }

    /// <summary>The answers on the canonical scheme and host, in ordinal order of their keys.</summary>
    public required ImmutableArray<ManifestEntry> Entries { get; init; }

    /// <summary>Every entry of the snapshot, whatever view it belongs to.</summary>
    public IEnumerable<ManifestEntry> AllEntries()
    {
        var entries = Entries.Concat(Views.SelectMany(view => view.Entries));
        return NotFound is null ? entries : entries.Append(NotFound);
    }

    /// <summary>Every blob that the snapshot needs, once each.</summary>
    public IEnumerable<StoredBody> AllBodies() => AllEntries().SelectMany(entry => entry.Bodies).DistinctBy(body => body.Hash);
}

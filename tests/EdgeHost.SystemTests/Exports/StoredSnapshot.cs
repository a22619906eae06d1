using System.Collections.Frozen;
using EdgeHost.SnapshotStore;
using EdgeHost.SnapshotStore.Blobs;
using EdgeHost.SnapshotStore.Identity;
using EdgeHost.SnapshotStore.Journals;
using EdgeHost.SnapshotStore.Manifests;
using EdgeHost.SnapshotStore.Publishing;
using EdgeHost.SnapshotStore.Sites;

namespace EdgeHost.SystemTests.Exports;

/// <summary>The active snapshot of a site as it is in the store, read without the edge's code, with the bytes of every body.</summary>
internal sealed class StoredSnapshot
{
    private readonly FrozenDictionary<string, ManifestEntry> entries;
    private readonly FrozenDictionary<BlobHash, byte[]> blobs;

    private StoredSnapshot(SnapshotManifest manifest, FrozenDictionary<BlobHash, byte[]> blobs)
    {
        Manifest = manifest;
        entries = manifest.Entries.ToFrozenDictionary(entry => entry.Key, StringComparer.Ordinal);
        this.blobs = blobs;
    }

    public SnapshotManifest Manifest { get; }

    public IReadOnlyList<string> Keys => [.. Manifest.Entries.Select(entry => entry.Key)];

    public static async Task<StoredSnapshot> ReadAsync(ISnapshotStore store, string site, CancellationToken cancellationToken)
    {
        var id = SiteId.Parse(site);
        var identity = await StoreIdentity.ReadAsync(store, cancellationToken);
        var journal = await new Journal<PublishState>(store, TimeProvider.System).OpenAsync(identity.Id, cancellationToken);
        var active = journal.State.Of(id).Active;
        Assert.True(active is not null, $"{site} has no active snapshot in {store.Location}");
        var stored = await store.ReadAsync(StoreKeys.Manifest(id, active.Snapshot), cancellationToken);
        var manifest = ManifestFile.Read(stored!, active.Manifest);
        var blobs = new Dictionary<BlobHash, byte[]>();
        foreach (var body in manifest.AllBodies())
        {
            var content = await store.ReadAsync(StoreKeys.Blob(id, body.Hash), cancellationToken);
            Assert.True(content is not null && BlobHash.Of(content) == body.Hash, $"the blob {body.Hash} is missing or wrong in {store.Location}");
            blobs.Add(body.Hash, content);
        }

        return new StoredSnapshot(manifest, blobs.ToFrozenDictionary());
    }

    public ManifestEntry? Find(string key) => entries.GetValueOrDefault(key);

    /// <summary>The stored bytes of an entry in a coding; null where it is not stored in that one.</summary>
    public byte[]? Body(ManifestEntry entry, ContentCoding coding) =>
        entry.Bodies.FirstOrDefault(body => body.Coding == coding) is { } stored ? blobs[stored.Hash] : null;
}

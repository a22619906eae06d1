using EdgeHost.SnapshotStore.Manifests;
using EdgeHost.SnapshotStore.Sites;

namespace EdgeHost.SnapshotStore.Publishing;

/// <summary>Reads the manifest that the journal names, and no other.</summary>
public static class PublishedSnapshot
{
    /// <exception cref="StoreException"><see cref="StoreFailure.Invalid"/>: it is missing, its bytes are not those that were published, or it is another site's.</exception>
    public static async Task<SnapshotManifest> ReadManifestAsync(ISnapshotStore store, SiteId site, SnapshotReference reference, CancellationToken cancellationToken)
    {
        var key = StoreKeys.Manifest(site, reference.Snapshot);
        var content = await store.ReadAsync(key, cancellationToken)
            ?? throw new StoreException(StoreFailure.Invalid, $"{store.Location} lacks {key}, which its journal names: restore it, publish the site again, or activate another snapshot.");
        return Parse(content, site, reference);
    }

    /// <summary>The same from bytes that are at hand.</summary>
    /// <inheritdoc cref="ReadManifestAsync"/>
    public static SnapshotManifest Parse(byte[] stored, SiteId site, SnapshotReference reference)
    {
        var manifest = ManifestFile.Read(stored, reference.Manifest);
        // A site's bytes can't reach another site's visitors, whatever a journal says.
        return manifest.Site == site && manifest.Snapshot == reference.Snapshot
            ? manifest
            : throw new StoreException(StoreFailure.Invalid, $"The manifest of {site}'s snapshot {reference.Snapshot} is that of {manifest.Site}'s {manifest.Snapshot}: it can't be used.");
    }
}

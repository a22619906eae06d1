using EdgeHost.SnapshotStore;
using EdgeHost.SnapshotStore.Manifests;
using EdgeHost.SnapshotStore.Sites;

namespace StaticExport.Publishing;

/// <summary>The snapshot that was active when the export began: the crawl compares volatile entries with it, and the publish takes over what has not changed.</summary>
internal static class ActiveSnapshot
{
    /// <summary>Its manifest; null when the site has none, or one that can't be used: then publishing everything anew is what mends it.</summary>
    /// <exception cref="StoreException">The store can't be reached or does not let us read.</exception>
    public static async Task<SnapshotManifest?> ReadAsync(PublishingStore store, SiteId site, CancellationToken cancellationToken)
    {
        if (store.ActiveOf(site) is not { } reference)
        {
            return null;
        }

        try
        {
            return await store.ReadManifestAsync(site, reference, cancellationToken);
        }
        catch (StoreException e) when (e.Failure == StoreFailure.Invalid)
        {
            return null;
        }
    }
}

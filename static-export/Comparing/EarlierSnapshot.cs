using EdgeHost.SnapshotStore;
using EdgeHost.SnapshotStore.Blobs;
using EdgeHost.SnapshotStore.Manifests;
using EdgeHost.SnapshotStore.Sites;
using StaticExport.Scoping;

namespace StaticExport.Comparing;

/// <summary>The active snapshot, as the crawl compares with it.</summary>
internal sealed class EarlierSnapshot
{
    private readonly ISnapshotStore? store;
    private readonly SiteId site;
    private readonly ManifestEntry? notFound;
    private readonly Dictionary<(string View, string Key), ManifestEntry> entries = [];

    private EarlierSnapshot(ISnapshotStore? store, SiteId site, SnapshotManifest? manifest)
    {
        this.store = store;
        this.site = site;
        notFound = manifest?.NotFound;
        foreach (var entry in manifest?.Entries ?? [])
        {
            entries[(ViewName(manifest!.Scheme, manifest.Host), entry.Key)] = entry;
        }

        foreach (var view in manifest?.Views ?? [])
        {
            foreach (var entry in view.Entries)
            {
                entries[(ViewName(view.Scheme, view.Host), entry.Key)] = entry;
            }
        }
    }

    /// <summary>There is none.</summary>
    public static EarlierSnapshot None(SiteId site) => new(null, site, null);

    public static EarlierSnapshot Of(ISnapshotStore store, SnapshotManifest manifest) => new(store, manifest.Site, manifest);

    public ManifestEntry? NotFound => notFound;

    public ManifestEntry? Find(SiteView view, string key) => entries.GetValueOrDefault((ViewName(view.Scheme, view.Authority.Host), key));

    /// <summary>An entry's bytes as the origin sent them; null when the store can't give them, or gives others.</summary>
    public async Task<byte[]?> ReadAsync(ManifestEntry entry, CancellationToken cancellationToken)
    {
        if (store is null || entry.Bodies.FirstOrDefault(body => body.Coding == ContentCoding.Identity) is not { } body)
        {
            return null;
        }

        try
        {
            var content = await store.ReadAsync(StoreKeys.Blob(site, body.Hash), cancellationToken);
            return content is not null && BlobHash.Of(content) == body.Hash ? content : null;
        }
        catch (StoreException)
        {
            // The fresh answer is recorded instead; publishing will tell what is wrong with the store.
            return null;
        }
    }

    private static string ViewName(string scheme, HostName host) => $"{scheme}://{host}";
}

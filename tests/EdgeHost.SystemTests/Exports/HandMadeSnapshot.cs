using System.Collections.Immutable;
using System.Text;
using EdgeHost.SnapshotStore;
using EdgeHost.SnapshotStore.Blobs;
using EdgeHost.SnapshotStore.Directories;
using EdgeHost.SnapshotStore.Identity;
using EdgeHost.SnapshotStore.Journals;
using EdgeHost.SnapshotStore.Manifests;
using EdgeHost.SnapshotStore.Publishing;
using EdgeHost.SnapshotStore.Sites;

namespace EdgeHost.SystemTests.Exports;

/// <summary>Publishes a few pages into a directory store by the store's API alone, so that an edge can be judged without the export job.</summary>
internal static class HandMadeSnapshot
{
    /// <summary>Creates the store where there is none, uploads the pages and activates them. Answers the new snapshot.</summary>
    /// <param name="directory">The store.</param>
    /// <param name="site">The site; its host is <c>{site}.example</c>.</param>
    /// <param name="pages">Bodies by key.</param>
    /// <param name="cancellationToken">Cancels it.</param>
    /// <param name="beforeActivation">What happens to the store before the record that activates the snapshot.</param>
    public static async Task<SnapshotManifest> PublishAsync(
        string directory, string site, IReadOnlyDictionary<string, string> pages, CancellationToken cancellationToken, Action<SnapshotId>? beforeActivation = null)
    {
        var store = new DirectorySnapshotStore(directory);
        Directory.CreateDirectory(directory);
        var (identity, _) = await StoreIdentity.InitAsync(store, TimeProvider.System, cancellationToken);
        var id = SiteId.Parse(site);
        var now = TimeProvider.System.GetUtcNow();
        var entries = ImmutableArray.CreateBuilder<ManifestEntry>();
        foreach (var (key, text) in pages.OrderBy(page => page.Key, StringComparer.Ordinal))
        {
            var content = Encoding.UTF8.GetBytes(text);
            var body = new StoredBody(ContentCoding.Identity, BlobHash.Of(content), content.Length);
            await store.CreateAsync(StoreKeys.Blob(id, body.Hash), content, cancellationToken);
            entries.Add(new ManifestEntry { Key = key, Status = 200, Kind = EntryKind.Document, ContentType = "text/html; charset=utf-8", CapturedAt = now, Bodies = [body] });
        }

        var manifest = new SnapshotManifest
        {
            Site = id,
            Snapshot = SnapshotId.New(now),
            CapturedAt = now,
            Scheme = "http",
            Host = HostName.Parse($"{site}.example"),
            Entries = entries.ToImmutable(),
        };
        var stored = ManifestFile.Write(manifest);
        await store.CreateAsync(StoreKeys.Manifest(id, manifest.Snapshot), stored, cancellationToken);
        beforeActivation?.Invoke(manifest.Snapshot);
        var journal = new Journal<PublishState>(store, TimeProvider.System);
        var view = await journal.OpenAsync(identity.Id, cancellationToken);
        var reference = new SnapshotReference(manifest.Snapshot, BlobHash.Of(stored), now, manifest.Entries.Length);
        await journal.AppendAsync(view, state => PublishRecords.Activated(id, reference, state.Of(id).Active?.Snapshot, pin: false, "tests", null), cancellationToken);
        return manifest;
    }

    /// <summary>An HTML document of about so many bytes.</summary>
    public static string Page(string title, int length = 2000) =>
        $"<!DOCTYPE html><html><head><title>{title}</title></head><body><h1>{title}</h1><p>{string.Concat(Enumerable.Repeat("Größe und Maße. ", length / 18))}</p></body></html>\n";
}

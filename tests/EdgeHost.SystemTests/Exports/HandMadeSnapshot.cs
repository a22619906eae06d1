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
        Directory.CreateDirectory(directory);
        return await PublishAsync(new DirectorySnapshotStore(directory), site, pages, cancellationToken, beforeActivation);
    }

    /// <summary>The same into any store.</summary>
    public static async Task<SnapshotManifest> PublishAsync(
        ISnapshotStore store, string site, IReadOnlyDictionary<string, string> pages, CancellationToken cancellationToken, Action<SnapshotId>? beforeActivation = null)
    {
        var (journal, view) = await OpenAsync(store, cancellationToken);
        var (manifest, reference) = await UploadAsync(store, site, pages, cancellationToken);
        beforeActivation?.Invoke(manifest.Snapshot);
        await ActivateAsync(journal, view, manifest.Site, reference, cancellationToken);
        return manifest;
    }

    /// <summary>The same for many sites: the journal is read once, and not once for each.</summary>
    public static async Task PublishAllAsync(string directory, IEnumerable<(string Site, IReadOnlyDictionary<string, string> Pages)> sites, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(directory);
        var store = new DirectorySnapshotStore(directory);
        var (journal, view) = await OpenAsync(store, cancellationToken);
        foreach (var (site, pages) in sites)
        {
            var (manifest, reference) = await UploadAsync(store, site, pages, cancellationToken);
            view = await ActivateAsync(journal, view, manifest.Site, reference, cancellationToken);
        }
    }

    /// <summary>An HTML document of about so many bytes.</summary>
    public static string Page(string title, int length = 2000) =>
        $"<!DOCTYPE html><html><head><title>{title}</title></head><body><h1>{title}</h1><p>{string.Concat(Enumerable.Repeat("Größe und Maße. ", length / 18))}</p></body></html>\n";

    private static async Task<(Journal<PublishState> Journal, JournalView<PublishState> View)> OpenAsync(ISnapshotStore store, CancellationToken cancellationToken)
    {
        var (identity, _) = await StoreIdentity.InitAsync(store, TimeProvider.System, cancellationToken);
        var journal = new Journal<PublishState>(store, TimeProvider.System);
        return (journal, await journal.OpenAsync(identity.Id, cancellationToken));
    }

    private static async Task<(SnapshotManifest Manifest, SnapshotReference Reference)> UploadAsync(
        ISnapshotStore store, string site, IReadOnlyDictionary<string, string> pages, CancellationToken cancellationToken)
    {
        var id = SiteId.Parse(site);
        var now = TimeProvider.System.GetUtcNow();
        var entries = ImmutableArray.CreateBuilder<ManifestEntry>();
        foreach (var (key, text) in pages.OrderBy(page => page.Key, StringComparer.Ordinal))
        {
            var content = Encoding.UTF8.GetBytes(text);
            var body = new StoredBody(ContentCoding.Identity, BlobHash.Of(content), content.Length);
            await store.CreateAsync(StoreKeys.Blob(id, body.Hash), content, cancellationToken);
            var (kind, type) = key.EndsWith(".css", StringComparison.Ordinal) ? (EntryKind.Asset, "text/css") : (EntryKind.Document, "text/html; charset=utf-8");
            entries.Add(new ManifestEntry { Key = key, Status = 200, Kind = kind, ContentType = type, CapturedAt = now, Bodies = [body] });
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
        return (manifest, new SnapshotReference(manifest.Snapshot, BlobHash.Of(stored), now, manifest.Entries.Length));
    }

    private static async Task<JournalView<PublishState>> ActivateAsync(
        Journal<PublishState> journal, JournalView<PublishState> view, SiteId site, SnapshotReference reference, CancellationToken cancellationToken)
    {
        (view, _) = await journal.AppendAsync(view, state => PublishRecords.Activated(site, reference, state.Of(site).Active?.Snapshot, pin: false, "tests", null), cancellationToken);
        return view;
    }
}

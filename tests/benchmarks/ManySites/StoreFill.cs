using System.Collections.Immutable;
using System.IO.Compression;
using System.Text;
using EdgeHost.SnapshotStore;
using EdgeHost.SnapshotStore.Blobs;
using EdgeHost.SnapshotStore.Identity;
using EdgeHost.SnapshotStore.Journals;
using EdgeHost.SnapshotStore.Manifests;
using EdgeHost.SnapshotStore.Publishing;
using EdgeHost.SnapshotStore.Sites;

namespace ManySites;

/// <summary>Writes stores of any size. What all sites have alike is made once: pages share a few texts of 2 to 10 KB, and manifests differ in names.</summary>
internal static class StoreFill
{
    private const int RecordsPerCheckpoint = 64;

    private static readonly DateTimeOffset Time = new(2026, 1, 31, 12, 0, 0, TimeSpan.Zero);

    public static string SiteOf(int n) => $"site-{n:D6}";

    public static string HostOf(int n, int host) => host == 0 ? $"www.{SiteOf(n)}.example" : $"alias{host}.{SiteOf(n)}.example";

    public static async Task SitesAsync(string directory, int sites, int entries, int blobs)
    {
        var lastCheckpoint = sites / RecordsPerCheckpoint * RecordsPerCheckpoint;
        var store = new QuickStore(directory, key => !key.Contains("/checkpoints/", StringComparison.Ordinal) || key == StoreKeys.Checkpoint("publish", lastCheckpoint));
        var identity = (await StoreIdentity.InitAsync(store, TimeProvider.System, default)).Identity.Id;
        var bodies = Bodies(blobs);
        var template = Json(Manifest(0, 1, entries, bodies));
        var references = new SnapshotReference[sites];
        Parallel.For(0, sites, n =>
        {
            foreach (var (hash, content) in bodies.Select(body => (body.Hash, body.Content)))
            {
                var path = Path.Combine(directory, StoreKeys.Blob(SiteId.Parse(SiteOf(n)), hash));
                Directory.CreateDirectory(Path.GetDirectoryName(path)!);
                File.WriteAllBytes(path, content);
            }

            references[n] = Write(directory, n, 1, Pack(template.Replace(SiteOf(0), SiteOf(n), StringComparison.Ordinal)), entries);
        });
        var journal = new Journal<PublishState>(store, TimeProvider.System);
        var view = journal.Start(identity);
        for (var n = 0; n < sites; n++)
        {
            (view, _) = await journal.AppendAsync(view, _ => PublishRecords.Activated(SiteId.Parse(SiteOf(n)), references[n], null, pin: false, "many-sites", null), default);
        }
    }

    /// <returns>The snapshot, and when the writing of the record began, in µs since 1970.</returns>
    public static async Task<(string Snapshot, long BeganAt)> ActivateAsync(string directory, int site, int entries)
    {
        var store = new EdgeHost.SnapshotStore.Directories.DirectorySnapshotStore(directory);
        var journal = new Journal<PublishState>(store, TimeProvider.System);
        var view = await journal.OpenAsync((await StoreIdentity.ReadAsync(store, default)).Id, default);
        var id = SiteId.Parse(SiteOf(site));
        var before = view.State.Of(id);
        var old = await PublishedSnapshot.ReadManifestAsync(store, id, before.Active!, default);
        var next = before.Published.Length + 1;
        var manifest = old with { Snapshot = IdOf(next), Entries = [.. old.Entries.Take(entries)] };
        var reference = Write(directory, site, next, ManifestFile.Write(manifest), entries);
        var began = (TimeProvider.System.GetUtcNow() - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;
        await journal.AppendAsync(view, state => PublishRecords.Activated(id, reference, state.Of(id).Active?.Snapshot, pin: false, "many-sites", null), default);
        return (reference.Snapshot.ToString(), began);
    }

    private static SnapshotId IdOf(int n) => SnapshotId.Parse($"20260131t120000z-{n:x8}");

    private static SnapshotReference Write(string directory, int site, int n, byte[] manifest, int entries)
    {
        var path = Path.Combine(directory, StoreKeys.Manifest(SiteId.Parse(SiteOf(site)), IdOf(n)));
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, manifest);
        return new SnapshotReference(IdOf(n), BlobHash.Of(manifest), Time, entries);
    }

    private static SnapshotManifest Manifest(int site, int snapshot, int entries, ImmutableArray<Body> bodies) => new()
    {
        Site = SiteId.Parse(SiteOf(site)),
        Snapshot = IdOf(snapshot),
        CapturedAt = Time,
        Scheme = "http",
        Host = HostName.Parse(HostOf(site, 0)),
        Entries = [.. Enumerable.Range(0, entries).Select(n => Entry(n, bodies)).OrderBy(entry => entry.Key, StringComparer.Ordinal)],
    };

    // Two thirds are pages, in two codings; the others what they load.
    private static ManifestEntry Entry(int n, ImmutableArray<Body> bodies)
    {
        var body = bodies[n * 2 % bodies.Length];
        var isPage = n % 3 < 2;
        return new ManifestEntry
        {
            Key = n == 0 ? "/" : isPage ? $"/section-{n % 7}/page-{n}-with-a-title-of-the-usual-length" : $"/assets/{n}/picture.jpg",
            Status = 200,
            Kind = isPage ? EntryKind.Document : EntryKind.Asset,
            ContentType = isPage ? "text/html; charset=utf-8" : "image/jpeg",
            LastModified = Time,
            CapturedAt = Time,
            Headers = isPage ? ImmutableSortedDictionary<string, string>.Empty.Add("content-security-policy", "default-src 'self'").Add("x-frame-options", "DENY") : ImmutableSortedDictionary<string, string>.Empty,
            Bodies = isPage ? [body.Stored(), bodies[(n * 2 % bodies.Length) + 1].Stored()] : [body.Stored()],
        };
    }

    // In pairs: a text, and the same with gzip.
    private static ImmutableArray<Body> Bodies(int blobs) => [.. Enumerable.Range(0, Math.Max(1, blobs / 2)).SelectMany(n =>
    {
        var lines = Enumerable.Range(0, 20 + (n * 97 % 100)).Select(line => $"<p>Line {line} of text {n}: {line * 7919 % 1000} and {line * 104729 % 1000}, as long as a paragraph mostly is.</p>\n");
        var text = Encoding.UTF8.GetBytes($"<!DOCTYPE html>\n<html><head><title>Text {n}</title></head><body>\n{string.Concat(lines)}</body></html>\n");
        var packed = Pack(Encoding.UTF8.GetString(text));
        return new[] { new Body(ContentCoding.Identity, BlobHash.Of(text), text), new Body(ContentCoding.Gzip, BlobHash.Of(packed), packed) };
    })];

    private static string Json(SnapshotManifest manifest)
    {
        using var gzip = new GZipStream(new MemoryStream(ManifestFile.Write(manifest)), CompressionMode.Decompress);
        using var text = new StreamReader(gzip);
        return text.ReadToEnd();
    }

    private static byte[] Pack(string text)
    {
        using var buffer = new MemoryStream();
        using (var gzip = new GZipStream(buffer, CompressionLevel.Fastest, leaveOpen: true))
        {
            gzip.Write(Encoding.UTF8.GetBytes(text));
        }

        return buffer.ToArray();
    }

    private sealed record Body(ContentCoding Coding, BlobHash Hash, byte[] Content)
    {
        public StoredBody Stored() => new(Coding, Hash, Content.Length);
    }
}

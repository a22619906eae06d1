using System.Collections.Immutable;
using System.IO.Compression;
using System.Text;
using EdgeHost.SnapshotStore.Blobs;
using EdgeHost.SnapshotStore.Manifests;
using EdgeHost.SnapshotStore.Sites;

namespace EdgeHost.Tests;

/// <summary>A snapshot in the making: its manifest, and the bytes that its bodies name.</summary>
internal sealed class SnapshotDraft(int n)
{
    private readonly List<ManifestEntry> entries = [];
    private readonly List<HostView> views = [];
    private readonly Dictionary<BlobHash, byte[]> blobs = [];
    private ManifestEntry? notFound;

    public IReadOnlyDictionary<BlobHash, byte[]> Blobs => blobs;

    public SnapshotManifest Manifest => Some.Manifest(n, [.. entries]) with { Views = [.. views], NotFound = notFound };

    public SnapshotDraft Page(string key, string html, int status = 200, bool codings = false)
    {
        entries.Add(Document(key, html, codings) with { Status = status });
        return this;
    }

    public SnapshotDraft Asset(string key, string type, string content, DateTimeOffset? modified = null, bool codings = false)
    {
        entries.Add(Document(key, content, codings) with { Kind = EntryKind.Asset, ContentType = type, LastModified = modified });
        return this;
    }

    public SnapshotDraft Redirect(string key, int status, string location)
    {
        entries.Add(new ManifestEntry { Key = key, Status = status, Kind = EntryKind.Document, Location = location, CapturedAt = Some.Time });
        return this;
    }

    public SnapshotDraft NotFound(string html)
    {
        notFound = Document("", html) with { Status = 404 };
        return this;
    }

    public SnapshotDraft RedirectedHost(string host, string to)
    {
        views.Add(new HostView { Scheme = "http", Host = HostName.Parse(host), Rule = HostRule.Redirect, RedirectStatus = 301, RedirectTo = to });
        return this;
    }

    public static byte[] Encode(ContentCoding coding, byte[] content)
    {
        if (coding == ContentCoding.Zstandard)
        {
            // The edge never decodes. Shorter than the others, so that it is chosen where it is accepted.
            return content[..8];
        }

        using var buffer = new MemoryStream();
        using (Stream encoder = coding == ContentCoding.Gzip ? new GZipStream(buffer, CompressionLevel.SmallestSize) : new BrotliStream(buffer, CompressionLevel.SmallestSize))
        {
            encoder.Write(content);
        }

        return buffer.ToArray();
    }

    private ManifestEntry Document(string key, string text, bool codings = false)
    {
        var content = Encoding.UTF8.GetBytes(text);
        var bodies = ImmutableArray.Create(Keep(ContentCoding.Identity, content));
        if (codings)
        {
            bodies = bodies.AddRange(new[] { ContentCoding.Gzip, ContentCoding.Brotli, ContentCoding.Zstandard }.Select(coding => Keep(coding, Encode(coding, content))));
        }

        return Some.Entry(key) with { Bodies = bodies };
    }

    private StoredBody Keep(ContentCoding coding, byte[] content)
    {
        var hash = BlobHash.Of(content);
        blobs[hash] = content;
        return new StoredBody(coding, hash, content.Length);
    }
}

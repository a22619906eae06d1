using EdgeHost.SnapshotStore.Blobs;
using EdgeHost.SnapshotStore.Manifests;
using EdgeHost.SnapshotStore.Sites;
using Microsoft.Extensions.Primitives;

namespace EdgeHost.Snapshots;

/// <summary>One coding of an answer's body, with the header values that go with it held ready. The object itself is the key in the memory cache: a site's bytes can't be found by another's.</summary>
internal sealed class SnapshotBody(SiteId site, StoredBody stored)
{
    public SiteId Site => site;

    public BlobHash Hash => stored.Hash;

    public long Length => stored.Length;

    public ContentCoding Coding => stored.Coding;

    /// <summary>Strong (RFC 9110 §8.8.1): the bytes' own hash, so it differs between codings.</summary>
    public StringValues ETag { get; } = $"\"{stored.Hash.Text[..32]}\"";

    /// <summary>Null for identity.</summary>
    public string? ContentEncoding { get; } = stored.Coding switch
    {
        ContentCoding.Gzip => "gzip",
        ContentCoding.Brotli => "br",
        ContentCoding.Zstandard => "zstd",
        _ => null,
    };
}

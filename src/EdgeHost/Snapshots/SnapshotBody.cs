using EdgeHost.SnapshotStore.Blobs;
using EdgeHost.SnapshotStore.Manifests;
using EdgeHost.SnapshotStore.Sites;
using Microsoft.Extensions.Primitives;

namespace EdgeHost.Snapshots;

/// <summary>
/// One coding of an answer's body, with the header values that go with it held ready. It is its own key in the memory cache: a site's bytes can't be found by another's, and
/// those that are made again, or are of the next snapshot, find what is in memory of them.
/// </summary>
internal sealed class SnapshotBody(SiteId site, StoredBody stored) : IEquatable<SnapshotBody>
{
    private readonly int hashCode = HashCode.Combine(site, stored.Hash, stored.Coding);

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

    public bool Equals(SnapshotBody? other) => ReferenceEquals(this, other) || (other is not null && Coding == other.Coding && Hash == other.Hash && Site == other.Site);

    public override bool Equals(object? obj) => Equals(obj as SnapshotBody);

    public override int GetHashCode() => hashCode;
}

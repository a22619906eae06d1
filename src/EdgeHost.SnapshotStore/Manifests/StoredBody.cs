using EdgeHost.SnapshotStore.Blobs;

namespace EdgeHost.SnapshotStore.Manifests;

/// <summary>One coding of an entry's body: which blob holds it, and how many bytes that is.</summary>
/// <param name="Coding">How the blob's bytes are coded.</param>
/// <param name="Hash">The blob's name: the hash of its bytes as stored.</param>
/// <param name="Length">The blob's length in bytes.</param>
public sealed record StoredBody(ContentCoding Coding, BlobHash Hash, long Length);

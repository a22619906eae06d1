using EdgeHost.SnapshotStore.Blobs;

namespace StaticExport.Capturing;

/// <summary>A body on local disk: a crawl of a large site does not fit in memory.</summary>
/// <param name="File">Where it is.</param>
/// <param name="Length">Bytes.</param>
/// <param name="Hash">Of its bytes.</param>
internal sealed record SpooledBody(string File, long Length, BlobHash Hash);

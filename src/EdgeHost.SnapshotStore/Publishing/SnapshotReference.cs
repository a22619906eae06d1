using EdgeHost.SnapshotStore.Blobs;
using EdgeHost.SnapshotStore.Manifests;

namespace EdgeHost.SnapshotStore.Publishing;

/// <summary>A snapshot as the journal names it.</summary>
/// <param name="Snapshot">Its id.</param>
/// <param name="Manifest">The hash of its manifest's stored bytes: a manifest with another hash is not this snapshot.</param>
/// <param name="CapturedAt">When its crawl began.</param>
/// <param name="Entries">How many answers it holds.</param>
public sealed record SnapshotReference(SnapshotId Snapshot, BlobHash Manifest, DateTimeOffset CapturedAt, int Entries);

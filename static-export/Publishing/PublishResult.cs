using EdgeHost.SnapshotStore.Blobs;
using EdgeHost.SnapshotStore.Manifests;

namespace StaticExport.Publishing;

internal enum PublishOutcome
{
    /// <summary>Edges serve the snapshot.</summary>
    Activated,

    /// <summary>The snapshot is complete in the store and not active: the site is pinned.</summary>
    Staged,

    /// <summary>The snapshot is complete in the store and not active: another one was activated while this export ran.</summary>
    Conflict,
}

/// <summary>How a publish ended. Every failure is an exception instead, and leaves active what was active.</summary>
internal sealed record PublishResult
{
    public required SnapshotId Snapshot { get; init; }

    public required PublishOutcome Outcome { get; init; }

    /// <summary>For people: why the snapshot is only staged; null when it is active.</summary>
    public string? Detail { get; init; }

    /// <summary>The number of the journal's record.</summary>
    public required long Record { get; init; }

    public required BlobHash ManifestHash { get; init; }

    public required int Entries { get; init; }

    /// <summary>Blobs that this publish created.</summary>
    public required int BlobsUploaded { get; init; }

    /// <summary>Blobs of the snapshot that were in the store already.</summary>
    public required int BlobsPresent { get; init; }

    /// <summary>Bytes of the created blobs.</summary>
    public required long BytesUploaded { get; init; }

    /// <summary>Bytes of all the snapshot's blobs.</summary>
    public required long BytesTotal { get; init; }
}

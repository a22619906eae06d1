namespace EdgeHost.Upkeep;

/// <summary>How large the replica is.</summary>
/// <param name="Files">Blobs, manifests and indexes.</param>
/// <param name="Bytes">What they hold.</param>
/// <param name="At">When they were counted.</param>
internal sealed record ReplicaSize(long Files, long Bytes, DateTimeOffset At);

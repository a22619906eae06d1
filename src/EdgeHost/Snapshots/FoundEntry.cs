namespace EdgeHost.Snapshots;

/// <summary>An answer, and the snapshot that it is from: the active one, or for a retained asset an earlier one.</summary>
internal readonly record struct FoundEntry(SnapshotEntry Entry, SnapshotLabel From);

namespace EdgeHost.SnapshotStore.Exports;

/// <summary>The mark of an export job's requests: an edge never answers one from a snapshot, or snapshots would be made of snapshots.</summary>
public static class ExportMark
{
    /// <summary>The header; its value is the export's run.</summary>
    public const string Header = "EdgeHost-Export";
}

using EdgeHost.SnapshotStore.Exports;

namespace EdgeHost.Decisions;

/// <summary>Headers of EdgeHost's own.</summary>
internal static class EdgeHeaders
{
    /// <summary>On responses: how and why they were made, as in <c>snapshot; reason=origin-down; snapshot=…; captured=…</c>.</summary>
    public const string Decision = "EdgeHost-Decision";

    /// <summary>On requests of the export job.</summary>
    public const string Export = ExportMark.Header;
}

using EdgeHost.SnapshotStore.Exports;

namespace EdgeHost.Decisions;

/// <summary>Headers of EdgeHost's own, and one that the framework has no name for.</summary>
internal static class EdgeHeaders
{
    /// <summary>On responses: how and why they were made, as in <c>snapshot; reason=origin-down; snapshot=…; captured=…</c>; and <c>scope=site:nova</c> where an operator decided.</summary>
    public const string Decision = "EdgeHost-Decision";

    /// <summary>The value of <see cref="Decision"/> for what no snapshot answers.</summary>
    /// <param name="kind">Who answers.</param>
    /// <param name="reason">Why.</param>
    /// <param name="scope">Where the mode was set that decided; null where no operator did.</param>
    public static string DecisionOf(DecisionKind kind, DecisionReason reason, string? scope) =>
        scope is null ? $"{kind.Name()}; reason={reason.Name()}" : $"{kind.Name()}; reason={reason.Name()}; scope={scope}";

    /// <summary>On responses: that a cache has answered (RFC 9211).</summary>
    public const string CacheStatus = "Cache-Status";

    /// <summary>On requests of the export job.</summary>
    public const string Export = ExportMark.Header;
}

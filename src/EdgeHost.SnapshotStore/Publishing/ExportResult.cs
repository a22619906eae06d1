using System.Text.Json.Serialization;
using EdgeHost.SnapshotStore.Manifests;

namespace EdgeHost.SnapshotStore.Publishing;

[JsonConverter(typeof(NamedEnumConverter<ExportOutcome>))]
public enum ExportOutcome
{
    /// <summary>The snapshot is complete, and edges serve it.</summary>
    [JsonStringEnumMemberName("activated")]
    Activated,

    /// <summary>The snapshot is complete and not active: the site is pinned, or somebody else's activation came first.</summary>
    [JsonStringEnumMemberName("staged")]
    Staged,

    /// <summary>There is no new snapshot; what was active is active.</summary>
    [JsonStringEnumMemberName("failed")]
    Failed,
}

/// <summary>How an export ended.</summary>
/// <param name="Outcome">What became of it.</param>
/// <param name="At">When it ended.</param>
/// <param name="Snapshot">The snapshot that it made, if any.</param>
/// <param name="Detail">For people: why it failed or was only staged.</param>
public sealed record ExportResult(ExportOutcome Outcome, DateTimeOffset At, SnapshotId? Snapshot = null, string? Detail = null);

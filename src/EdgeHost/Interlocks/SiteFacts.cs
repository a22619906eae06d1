using EdgeHost.SnapshotStore.Operating;

namespace EdgeHost.Interlocks;

/// <summary>What is known of a site when a mode is about to change.</summary>
internal sealed record SiteFacts
{
    public required string Site { get; init; }

    /// <summary>The mode that holds now for the site, or for the part of it that is to change.</summary>
    public required OperatorMode Before { get; init; }

    /// <summary>The mode that would hold there.</summary>
    public required OperatorMode After { get; init; }

    public required bool IsOriginUp { get; init; }

    /// <summary>How old the snapshot is that would answer; null when there is none.</summary>
    public required TimeSpan? SnapshotAge { get; init; }

    /// <summary>Bodies of it that can't be had.</summary>
    public int MissingBodies { get; init; }

    /// <summary>Whether nobody could be answered in a mode.</summary>
    public bool IsUnavailableIn(OperatorMode mode) => mode switch
    {
        OperatorMode.Maintenance => true,
        OperatorMode.Live => !IsOriginUp,
        OperatorMode.Snapshot => SnapshotAge is null,
        _ => !IsOriginUp && SnapshotAge is null,
    };

    /// <summary>What would answer in a mode: <c>live</c>, <c>snapshot</c>, <c>maintenance</c> or <c>unavailable</c>.</summary>
    public string AnswerIn(OperatorMode mode) =>
        mode == OperatorMode.Maintenance ? "maintenance"
        : IsUnavailableIn(mode) ? "unavailable"
        : mode == OperatorMode.Live || (mode == OperatorMode.Auto && IsOriginUp) ? "live"
        : "snapshot";
}

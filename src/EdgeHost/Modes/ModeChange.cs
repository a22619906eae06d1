using EdgeHost.SnapshotStore.Journals;
using EdgeHost.SnapshotStore.Operating;

namespace EdgeHost.Modes;

/// <summary>What an operator wants changed.</summary>
/// <param name="Scope">Where.</param>
/// <param name="Mode">The mode to set; null: none, so that the next wider one holds.</param>
/// <param name="ExpiresAt">When it ends by itself; null: when somebody ends it.</param>
/// <param name="Actor">Who.</param>
/// <param name="Reason">Why.</param>
internal sealed record ModeChange(OverrideScope Scope, OperatorMode? Mode, DateTimeOffset? ExpiresAt, string Actor, string Reason)
{
    /// <summary>How long an override holds when nobody says: what is forgotten ends by itself.</summary>
    public static readonly TimeSpan DefaultDuration = TimeSpan.FromHours(4);

    public RecordDraft ToRecord() => Mode is { } mode ? OpsRecords.ModeSet(Scope, mode, ExpiresAt, Actor, Reason) : OpsRecords.ModeCleared(Scope, Actor, Reason);
}

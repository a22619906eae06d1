using System.Collections.Immutable;
using EdgeHost.Interlocks;
using EdgeHost.Replicas;
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

    /// <summary>Whether it is for this edge alone.</summary>
    public bool IsLocal { get; init; }

    /// <summary>What the operator has written to confirm it.</summary>
    public string? Confirmed { get; init; }

    /// <summary>The interlocks that the operator overrides, whether they refuse or not.</summary>
    public ImmutableArray<Interlock> Overrides { get; init; } = [];

    /// <summary>The state with the change in it.</summary>
    public OpsState After(OpsState state, string edge, DateTimeOffset now)
    {
        var value = Mode is { } mode ? new ModeOverride(mode, Actor, now, Reason, ExpiresAt) : null;
        return IsLocal ? state.WithOn(edge, Scope, value) : state.With(Scope, value);
    }

    /// <summary>What is set where it changes something; null: nothing.</summary>
    public ModeOverride? Before(OpsState state, string edge, DateTimeOffset now) =>
        (IsLocal ? state.FindOn(edge, Scope) : state.Find(Scope)) is { } old && !old.HasExpired(now) ? old : null;

    /// <param name="overridden">The interlocks that would have refused it.</param>
    /// <param name="now">When it is decided.</param>
    public LocalChange ToLocal(IEnumerable<Interlock> overridden, DateTimeOffset now) =>
        new(Scope.ToString(), Mode?.Name(), now, ExpiresAt, Actor, Reason, [.. overridden.Select(interlock => interlock.Name())], Guid.NewGuid().ToString("N"));

    /// <param name="overridden">The interlocks that would have refused it.</param>
    public RecordDraft ToRecord(IEnumerable<Interlock> overridden)
    {
        ImmutableArray<string> rules = [.. overridden.Select(interlock => interlock.Name())];
        return Mode is { } mode ? OpsRecords.ModeSet(Scope, mode, ExpiresAt, Actor, Reason, rules) : OpsRecords.ModeCleared(Scope, Actor, Reason, rules);
    }

    /// <param name="refusing">The interlocks that refuse it.</param>
    public RecordDraft ToRefusal(IEnumerable<Interlock> refusing) =>
        OpsRecords.ChangeRefused(Scope, Mode, Actor, Reason, [.. refusing.Select(interlock => interlock.Name())]);
}

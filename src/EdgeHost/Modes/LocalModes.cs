using System.Collections.Immutable;
using EdgeHost.Following;
using EdgeHost.Replicas;
using EdgeHost.SnapshotStore;
using EdgeHost.SnapshotStore.Journals;
using EdgeHost.SnapshotStore.Operating;

namespace EdgeHost.Modes;

/// <summary>
/// Modes for this edge alone: what an operator at the edge decides while the store is gone. In force at once, kept on disk, and put into the journal,
/// still for this edge alone, when the store is back.
/// </summary>
internal sealed partial class LocalModes(StoreView view, ReplicaFiles files, EdgeIdentity edge, ILogger<LocalModes> log) : IDisposable
{
    private readonly SemaphoreSlim changing = new(1);
    private ImmutableList<LocalChange> pending = [];
    private volatile Folded? folded;

    public string Edge => edge.Id;

    public bool HasPending => !Volatile.Read(ref pending).IsEmpty;

    /// <summary>What the operators want, as far as this edge knows: the journal, and upon it what the journal has yet to be told.</summary>
    /// <remarks>The same object for as long as nothing is added: who asks often need not look what is in it.</remarks>
    public OpsState State
    {
        get
        {
            var (journal, untold) = (view.Journals?.Ops.State ?? OpsState.Empty, Volatile.Read(ref pending));
            if (folded is { } known && ReferenceEquals(known.Journal, journal) && ReferenceEquals(known.Untold, untold))
            {
                return known.State;
            }

            var state = Over(journal, untold);
            folded = new Folded(journal, untold, state);
            return state;
        }
    }

    /// <summary>A state of the journal with what it has yet to be told.</summary>
    public OpsState Over(OpsState state) => Over(state, Volatile.Read(ref pending));

    public async Task RestoreAsync(CancellationToken cancellationToken) => Volatile.Write(ref pending, [.. await files.ReadLocalAsync(cancellationToken)]);

    /// <summary>Puts a change in force. False when the disk does not take it: a restart would forget it.</summary>
    public async Task<bool> AddAsync(LocalChange change, CancellationToken cancellationToken)
    {
        await changing.WaitAsync(cancellationToken);
        try
        {
            Volatile.Write(ref pending, pending.Add(change));
            // Whoever asked and went away has asked all the same.
            return await files.TryWriteLocalAsync(pending, CancellationToken.None);
        }
        finally
        {
            changing.Release();
        }
    }

    /// <summary>Puts the oldest change into the journal, where there is one.</summary>
    /// <exception cref="StoreException">The journal can't be written.</exception>
    public async Task TellAsync(CancellationToken cancellationToken)
    {
        if (Volatile.Read(ref pending) is not [var oldest, ..])
        {
            return;
        }

        if (OverrideScope.TryParse(oldest.Scope, out var scope))
        {
            await view.AppendAsync(state => IsToldOf(state, scope, oldest) ? null : RecordOf(scope, oldest), cancellationToken);
        }
        else
        {
            // Another version's, or a person's own hand in the file. It was never in force, and must not keep the others from being told.
            LogDropped(oldest.Mode ?? "none", oldest.Scope, oldest.Actor, oldest.At, oldest.Reason);
        }

        await changing.WaitAsync(cancellationToken);
        try
        {
            Volatile.Write(ref pending, pending.Remove(oldest));
            await files.TryWriteLocalAsync(pending, cancellationToken);
        }
        finally
        {
            changing.Release();
        }
    }

    public void Dispose() => changing.Dispose();

    private OpsState Over(OpsState state, ImmutableList<LocalChange> untold) => untold.Aggregate(state, (sum, change) =>
        OverrideScope.TryParse(change.Scope, out var scope) && !IsToldOf(state, scope, change) ? sum.WithOn(edge.Id, scope, OverrideOf(change)) : sum);

    // An edge that ended between the append and the removal of the change here comes back with both. Times tell only where there is no id: a clock may have stepped back.
    private bool IsToldOf(OpsState state, OverrideScope scope, LocalChange change) =>
        change.Id is { } id ? state.Knows(edge.Id, id)
        : state.FindOn(edge.Id, scope) is { } told ? told.Since >= change.At
        : OverrideOf(change) is null;

    private RecordDraft RecordOf(OverrideScope scope, LocalChange change) => OverrideOf(change) is { } value
        ? OpsRecords.EdgeModeSet(edge.Id, scope, value, [.. change.Overridden], change.Id)
        : OpsRecords.EdgeModeCleared(edge.Id, scope, change.At, change.Actor, change.Reason, [.. change.Overridden], change.Id);

    private static ModeOverride? OverrideOf(LocalChange change) => ModeNames.TryParse(change.Mode, out var mode) ? new ModeOverride(mode, change.Actor, change.At, change.Reason, change.ExpiresAt) : null;

    [LoggerMessage(EventId = 125, Level = LogLevel.Error, Message = "What was decided for this edge alone is dropped, as there is no such scope: mode {Mode} on {Scope} by {Actor} at {At}: {Reason}")]
    private partial void LogDropped(string mode, string scope, string actor, DateTimeOffset at, string reason);

    private sealed record Folded(OpsState Journal, ImmutableList<LocalChange> Untold, OpsState State);
}

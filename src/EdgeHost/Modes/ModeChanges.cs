using EdgeHost.Following;
using EdgeHost.Interlocks;
using EdgeHost.Sites;
using EdgeHost.SnapshotStore;
using EdgeHost.SnapshotStore.Operating;

namespace EdgeHost.Modes;

/// <summary>Changes modes: by the journal, so that a restart and every other edge see it; or for this edge alone.</summary>
internal sealed partial class ModeChanges(StoreView view, LocalModes local, ModeLoop modes, SiteTableState tables, TimeProvider clock, ILogger<ModeChanges> log)
{
    /// <summary>What a change would do, as far as this edge knows. Nothing is written.</summary>
    public ModePlan Plan(ModeChange change) => Plan(change, local.State, clock.GetUtcNow());

    /// <summary>Makes the change, or puts on record that it was refused.</summary>
    /// <exception cref="StoreException">The journal can't be written.</exception>
    public async Task<ModeChangeOutcome> MakeAsync(ModeChange change, CancellationToken cancellationToken)
    {
        if (change.IsLocal)
        {
            return await MakeLocalAsync(change, cancellationToken);
        }

        ModePlan? plan = null;
        ModeOverride? before = null;
        var record = await view.AppendAsync(
            state =>
            {
                // By the state that the record will follow: somebody else may have been first.
                var now = clock.GetUtcNow();
                before = change.Before(state, local.Edge, now);
                plan = Plan(change, local.Over(state), now);
                return plan.IsRefused ? change.ToRefusal(plan.Standing.Select(refusal => refusal.Interlock)) : change.ToRecord(plan.Overridden);
            },
            cancellationToken);
        modes.Apply();
        return new ModeChangeOutcome(plan!, before, record!.Number);
    }

    private async Task<ModeChangeOutcome> MakeLocalAsync(ModeChange change, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var state = local.State;
        var (plan, before) = (Plan(change, state, now), change.Before(state, local.Edge, now));
        if (plan.IsRefused)
        {
            LogRefused(change.Scope.ToString(), change.Actor, string.Join(", ", plan.Standing.Select(refusal => refusal.Interlock.Name())));
            return new ModeChangeOutcome(plan, before, null);
        }

        var isKept = await local.AddAsync(change.ToLocal(plan.Overridden, now), cancellationToken);
        modes.Apply();
        return new ModeChangeOutcome(plan, before, null) { IsKept = isKept };
    }

    private ModePlan Plan(ModeChange change, OpsState state, DateTimeOffset now) => ModePlanner.Plan(state, change, tables.Current, local.Edge, now);

    [LoggerMessage(EventId = 123, Level = LogLevel.Warning, Message = "A change on {Scope} for this edge alone, asked for by {Actor}, was refused by {Rules}")]
    private partial void LogRefused(string scope, string actor, string rules);
}

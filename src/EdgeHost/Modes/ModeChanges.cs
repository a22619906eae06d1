using EdgeHost.Following;
using EdgeHost.Sites;
using EdgeHost.SnapshotStore;
using EdgeHost.SnapshotStore.Operating;

namespace EdgeHost.Modes;

/// <summary>Changes modes: by the journal, so that a restart and every other edge see it.</summary>
internal sealed class ModeChanges(StoreView view, ModeLoop modes, SiteTableState tables, TimeProvider clock)
{
    /// <summary>What a change would do, as far as this edge knows. Nothing is written.</summary>
    public ModePlan Plan(ModeChange change) => ModePlanner.Plan(view.Journals?.Ops.State ?? OpsState.Empty, change, tables.Current, clock.GetUtcNow());

    /// <summary>Makes the change, or puts on record that it was refused.</summary>
    /// <exception cref="StoreException">The journal can't be written.</exception>
    public async Task<ModeChangeOutcome> MakeAsync(ModeChange change, CancellationToken cancellationToken)
    {
        ModePlan? plan = null;
        ModeOverride? before = null;
        var record = await view.AppendAsync(
            state =>
            {
                // By the state that the record will follow: somebody else may have been first.
                var now = clock.GetUtcNow();
                before = state.Find(change.Scope) is { } old && !old.HasExpired(now) ? old : null;
                plan = ModePlanner.Plan(state, change, tables.Current, now);
                return plan.IsRefused ? change.ToRefusal(plan.Standing.Select(refusal => refusal.Interlock)) : change.ToRecord(plan.Overridden);
            },
            cancellationToken);
        modes.Apply();
        return new ModeChangeOutcome(plan!, before, record!.Number);
    }
}

using EdgeHost.SnapshotStore;
using EdgeHost.SnapshotStore.Journals;
using EdgeHost.SnapshotStore.Operating;
using EdgeHost.SnapshotStore.Publishing;

namespace StaticExport.StoreCommands;

/// <summary>Follows both journals from their first record, and looks for records beyond their ends.</summary>
internal sealed class JournalAudit(ISnapshotStore store, TimeProvider clock, VerifyReport report)
{
    public async Task RunAsync(string storeId, CancellationToken cancellationToken)
    {
        var published = await FollowAsync<PublishState>(storeId, cancellationToken);
        foreach (var conflict in published.Conflicts)
        {
            report.Say($"note publish record {conflict.Number} did not activate {conflict.Snapshot} of {conflict.Site}: {conflict.Detail}");
        }

        await FollowAsync<OpsState>(storeId, cancellationToken);
    }

    private async Task<TState> FollowAsync<TState>(string storeId, CancellationToken cancellationToken)
        where TState : class, IJournalState<TState>
    {
        var journal = new Journal<TState>(store, clock);
        var view = journal.Start(storeId);
        try
        {
            while (await journal.NextAsync(view, cancellationToken) is { } next)
            {
                view = next;
                report.Good();
            }
        }
        // The other journal is to be checked too.
        catch (StoreException e) when (e.Failure == StoreFailure.Damaged)
        {
            report.Bad($"journal {TState.Journal}: {e.Message}");
        }

        if (view.Blocked is not null)
        {
            report.Bad($"journal {TState.Journal}: {view.Blocked}");
        }

        if (view.Blocked is null)
        {
            await FindBeyondAsync<TState>(view.Head.Number, cancellationToken);
        }

        report.Say($"ok   journal {TState.Journal}: {view.Head.Number} records follow from each other");
        return view.State;
    }

    private async Task FindBeyondAsync<TState>(long last, CancellationToken cancellationToken)
        where TState : class, IJournalState<TState>
    {
        try
        {
            await foreach (var key in store.ListAsync(StoreKeys.Records(TState.Journal), cancellationToken))
            {
                // What was appended meanwhile follows at once; a gap does not close.
                if (StoreKeys.RecordNumber(TState.Journal, key) is { } number && number > last + 1 && !await store.ExistsAsync(StoreKeys.Record(TState.Journal, last + 1), cancellationToken))
                {
                    report.Bad($"journal {TState.Journal}: record {last + 1} is gone, and {key} is there");
                    return;
                }
            }
        }
        catch (StoreException e) when (e.Failure == StoreFailure.Denied)
        {
            report.Say($"note journal {TState.Journal}: we may not list, so records beyond a gap can't be looked for");
        }
    }
}

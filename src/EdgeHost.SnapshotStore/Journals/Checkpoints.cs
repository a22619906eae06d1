namespace EdgeHost.SnapshotStore.Journals;

/// <summary>The checkpoints of one journal. They are only a shortcut: without any of them the journal is read from its start.</summary>
internal sealed class Checkpoints<TState>(ISnapshotStore store)
    where TState : class, IJournalState<TState>
{
    /// <summary>One is written after every so many records.</summary>
    public const int Interval = 64;

    // Those of a newer version can't be read by an older one; somewhere before them are those that can.
    private const int MostTried = 1000;

    /// <summary>The newest that this version can read; null when there is none or when listing is denied.</summary>
    public async Task<JournalView<TState>?> NewestAsync(string storeId, CancellationToken cancellationToken)
    {
        try
        {
            var tried = 0;
            await foreach (var key in store.ListAsync(StoreKeys.Checkpoints(TState.Journal), cancellationToken))
            {
                if (await store.ReadAsync(key, cancellationToken) is { } content && Checkpoint.TryRead<TState>(content) is { } view
                    && view.Head.Store == storeId && key == StoreKeys.Checkpoint(TState.Journal, view.Head.Number))
                {
                    return view;
                }

                if (++tried == MostTried)
                {
                    return null;
                }
            }
        }
        catch (StoreException e) when (e.Failure == StoreFailure.Denied)
        {
            // Without the list permission the journal is read from its start: slower, and right.
        }

        return null;
    }

    /// <summary>Writes one when it is due. Never fails: the record that was just appended counts all the same.</summary>
    public async Task WriteWhenDueAsync(JournalView<TState> view, CancellationToken cancellationToken)
    {
        // A state that lacks a record which we did not know would hide it from those who do.
        if (view.Skipped || view.Blocked is not null || view.Head.Number % Interval != 0)
        {
            return;
        }

        try
        {
            await store.CreateAsync(StoreKeys.Checkpoint(TState.Journal, view.Head.Number), Checkpoint.Write(view), cancellationToken);
        }
        catch (Exception e) when (e is StoreException or OperationCanceledException)
        {
            // The next checkpoint comes with a later record. A cancelled append whose record is written must not look like one that isn't.
        }
    }
}

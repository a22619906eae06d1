using System.Text.Json;
using EdgeHost.SnapshotStore.Blobs;

namespace EdgeHost.SnapshotStore.Journals;

/// <summary>
/// Reads and appends to one journal of a store. It keeps nothing itself: a caller holds a <see cref="JournalView{TState}"/> and gets the next one.
/// </summary>
/// <remarks>
/// An append is "create the next number if it does not exist": the store decides who was first, and the loser reads and tries again (as Delta Lake's log does,
/// https://www.vldb.org/pvldb/vol13/p3411-armbrust.pdf §3.2). So there are no locks and no lost updates.
/// </remarks>
public sealed class Journal<TState>(ISnapshotStore store, TimeProvider clock)
    where TState : class, IJournalState<TState>
{
    /// <summary>A checkpoint is written after every so many records.</summary>
    internal const int CheckpointInterval = 64;

    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(1);

    /// <summary>The journal before its first record.</summary>
    public JournalView<TState> Start(string storeId) => new(JournalHead.Start(storeId), TState.Empty, Skipped: false, Blocked: null);

    /// <summary>The journal from its newest checkpoint, or from its start.</summary>
    /// <exception cref="StoreException">The store can't be read, or is damaged.</exception>
    public async Task<JournalView<TState>> OpenAsync(string storeId, CancellationToken cancellationToken)
    {
        var view = await NewestCheckpointAsync(storeId, cancellationToken) ?? Start(storeId);
        return await CatchUpAsync(view, cancellationToken);
    }

    /// <summary>Reads what has been appended since.</summary>
    /// <exception cref="StoreException"><see cref="StoreFailure.Damaged"/>: the next record does not follow from the last one that we know.</exception>
    public async Task<JournalView<TState>> CatchUpAsync(JournalView<TState> view, CancellationToken cancellationToken)
    {
        while (view.Blocked is null && await store.ReadAsync(StoreKeys.Record(TState.Journal, view.Head.Number + 1), cancellationToken) is { } content)
        {
            view = Next(view, content);
        }

        return view;
    }

    /// <summary>Proves that the store still holds the past that a view was made of: the same store, and the same last record.</summary>
    /// <exception cref="StoreException"><see cref="StoreFailure.Damaged"/>: it does not. Go on serving; neither follow nor append.</exception>
    public async Task VerifyAsync(JournalHead head, CancellationToken cancellationToken)
    {
        var identity = await Identity.StoreIdentity.TryReadAsync(store, cancellationToken);
        if (identity?.Id != head.Store)
        {
            throw Damaged(identity is null ? $"{StoreKeys.Identity} is gone" : $"it is another store (id {identity.Id}, and we knew {head.Store})");
        }

        if (head.Number == 0)
        {
            return;
        }

        var key = StoreKeys.Record(TState.Journal, head.Number);
        var content = await store.ReadAsync(key, cancellationToken) ?? throw Damaged($"{key} is gone");
        if (BlobHash.Of(content).Text != head.Hash)
        {
            throw Damaged($"{key} has changed");
        }
    }

    /// <summary>
    /// Appends what <paramref name="decide"/> makes of the journal's newest state. It is asked again after each record that somebody else was first with,
    /// and may answer null: then nothing is appended.
    /// </summary>
    /// <returns>The view with the new record in it; the record is null when <paramref name="decide"/> declined.</returns>
    /// <exception cref="StoreException">
    /// <see cref="StoreFailure.Unreachable"/>: after the last try it is unknown whether the record was written. Everything else: it was not.
    /// </exception>
    public async Task<(JournalView<TState> View, JournalRecord? Record)> AppendAsync(
        JournalView<TState> view, Func<TState, RecordDraft?> decide, CancellationToken cancellationToken)
    {
        await VerifyAsync(view.Head, cancellationToken);
        while (true)
        {
            view = await CatchUpAsync(view, cancellationToken);
            if (view.Blocked is not null)
            {
                throw new StoreException(StoreFailure.Invalid, $"Nothing can be appended to the journal '{TState.Journal}': {view.Blocked}");
            }

            if (decide(view.State) is not { } draft)
            {
                return (view, null);
            }

            var record = ToRecord(view.Head, draft);
            var content = JsonSerializer.SerializeToUtf8Bytes(record, RecordJson.Default.JournalRecord);
            if (await TryTakeNumberAsync(record, content, cancellationToken))
            {
                view = Next(view, content);
                await WriteCheckpointAsync(view, cancellationToken);
                return (view, record);
            }
        }
    }

    // 1. Create the number. 2. Whatever the answer, if it was not a plain "created": read the number and look whose record it is.
    // A reply can be lost after the store has committed, and the SDK tries again by itself, so "it exists" may well mean that we won.
    private async Task<bool> TryTakeNumberAsync(JournalRecord record, byte[] content, CancellationToken cancellationToken)
    {
        var key = StoreKeys.Record(TState.Journal, record.Number);
        var pause = FirstPause;
        for (var tries = 1; ; tries++)
        {
            StoreException? failure = null;
            try
            {
                if (await store.CreateAsync(key, content, cancellationToken) == CreateOutcome.Created)
                {
                    return true;
                }
            }
            catch (StoreException e) when (e.Failure == StoreFailure.Unreachable)
            {
                failure = e;
            }

            try
            {
                if (await store.ReadAsync(key, cancellationToken) is { } found)
                {
                    return Parse(key, found).Id == record.Id;
                }
            }
            catch (StoreException e) when (e.Failure == StoreFailure.Unreachable)
            {
                failure = e;
            }

            // Nobody has the number, as far as we can tell: the same bytes again, so that a late first try of ours can't make a second record.
            if (tries >= 8)
            {
                throw failure ?? new StoreException(StoreFailure.Unreachable, $"{store.Location} neither creates {key} nor shows who did.");
            }

            await Task.Delay(pause * (0.5 + Random.Shared.NextDouble()), clock, cancellationToken);
            pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
        }
    }

    private JournalRecord ToRecord(JournalHead head, RecordDraft draft) => new()
    {
        Format = JournalRecord.CurrentFormat,
        Store = head.Store,
        Number = head.Number + 1,
        Id = Guid.NewGuid().ToString("N"),
        Previous = head.Hash,
        At = clock.GetUtcNow(),
        Actor = draft.Actor,
        Reason = draft.Reason,
        Type = draft.Type,
        MustUnderstand = draft.MustUnderstand,
        Data = draft.Data,
    };

    private JournalView<TState> Next(JournalView<TState> view, byte[] content)
    {
        var key = StoreKeys.Record(TState.Journal, view.Head.Number + 1);
        var record = Parse(key, content);
        if (record.Store != view.Head.Store || record.Number != view.Head.Number + 1 || record.Previous != view.Head.Hash)
        {
            throw Damaged($"{key} does not follow from the record before it");
        }

        var known = record.Format <= JournalRecord.CurrentFormat ? view.State.Apply(record) : null;
        if (known is null && record.MustUnderstand)
        {
            return view with { Blocked = $"record {record.Number} ('{record.Type}', format {record.Format}) must be understood and is not known to this version. Update EdgeHost." };
        }

        var head = new JournalHead(record.Store, record.Number, BlobHash.Of(content).Text);
        return new JournalView<TState>(head, known ?? view.State, view.Skipped || known is null, null);
    }

    private JournalRecord Parse(string key, byte[] content)
    {
        try
        {
            return JsonSerializer.Deserialize(content, RecordJson.Default.JournalRecord) ?? throw Damaged($"{key} is empty");
        }
        catch (JsonException e)
        {
            throw Damaged($"{key} can't be read: {e.Message}");
        }
    }

    private async Task<JournalView<TState>?> NewestCheckpointAsync(string storeId, CancellationToken cancellationToken)
    {
        try
        {
            await foreach (var key in store.ListAsync(StoreKeys.Checkpoints(TState.Journal), cancellationToken))
            {
                if (await store.ReadAsync(key, cancellationToken) is { } content && Checkpoint.TryRead<TState>(content) is { } view && view.Head.Store == storeId)
                {
                    await VerifyAsync(view.Head, cancellationToken);
                    return view;
                }
            }
        }
        catch (StoreException e) when (e.Failure == StoreFailure.Denied)
        {
            // Without the list permission the journal is read from its start: slower, and right.
        }

        return null;
    }

    // Only a shortcut for readers: when it can't be written, the record that was just appended counts all the same.
    private async Task WriteCheckpointAsync(JournalView<TState> view, CancellationToken cancellationToken)
    {
        if (view.Skipped || view.Head.Number % CheckpointInterval != 0)
        {
            return;
        }

        try
        {
            await store.CreateAsync(StoreKeys.Checkpoint(TState.Journal, view.Head.Number), Checkpoint.Write(view), cancellationToken);
        }
        catch (StoreException)
        {
            // The next checkpoint comes with a later record.
        }
    }

    private StoreException Damaged(string what) => new(
        StoreFailure.Damaged,
        $"The store {store.Location} is not what it was: {what}. Nothing is read from it or written to it until a person has looked. "
        + "If it was emptied or replaced on purpose, accept it explicitly; if not, restore it.");
}

using System.Runtime.CompilerServices;
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
    private readonly Checkpoints<TState> checkpoints = new(store);
    private readonly NumberClaim claim = new(store, clock);

    /// <summary>The journal before its first record.</summary>
    public JournalView<TState> Start(string storeId) => new(JournalHead.Start(storeId), TState.Empty, Skipped: false, Blocked: null);

    /// <summary>The journal from its newest checkpoint, or from its start.</summary>
    /// <exception cref="StoreException">The store can't be read, or is damaged.</exception>
    public async Task<JournalView<TState>> OpenAsync(string storeId, CancellationToken cancellationToken)
    {
        var view = await checkpoints.NewestAsync(storeId, cancellationToken);
        if (view is not null)
        {
            await VerifyAsync(view.Head, cancellationToken);
        }

        view = await CatchUpAsync(view ?? Start(storeId), cancellationToken);
        while (view.Blocked is null && await IsRecordAsync(view.Head.Number + 2, cancellationToken))
        {
            // Two records may just have been appended. If not, one was lost, and what we would append into the gap could not be followed.
            var next = await CatchUpAsync(view, cancellationToken);
            view = next.Head.Number > view.Head.Number ? next : throw store.Damaged($"{KeyOf(view.Head.Number + 1)} is gone, and the record after it is there");
        }

        return view;
    }

    /// <summary>Every record from the first on, each checked to follow from the one before it. For audits: an edge folds instead.</summary>
    /// <exception cref="StoreException"><see cref="StoreFailure.Damaged"/>: a record does not follow from the one before it.</exception>
    public async IAsyncEnumerable<JournalRecord> RecordsAsync(string storeId, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var head = JournalHead.Start(storeId);
        while (await store.ReadAsync(KeyOf(head.Number + 1), cancellationToken) is { } content)
        {
            var record = Follow(head, content);
            yield return record;
            head = new JournalHead(storeId, record.Number, BlobHash.Of(content).Text);
        }
    }

    /// <summary>Reads what has been appended since.</summary>
    /// <exception cref="StoreException"><see cref="StoreFailure.Damaged"/>: the next record does not follow from the last one that we know.</exception>
    public async Task<JournalView<TState>> CatchUpAsync(JournalView<TState> view, CancellationToken cancellationToken)
    {
        while (await NextAsync(view, cancellationToken) is { } next)
        {
            view = next;
        }

        return view;
    }

    /// <summary>Reads one more record; null at the journal's end and where reading is blocked.</summary>
    /// <inheritdoc cref="CatchUpAsync"/>
    public async Task<JournalView<TState>?> NextAsync(JournalView<TState> view, CancellationToken cancellationToken) =>
        view.Blocked is null && await store.ReadAsync(KeyOf(view.Head.Number + 1), cancellationToken) is { } content ? Next(view, content) : null;

    /// <summary>Proves that the store still holds the past that a view was made of: the same store, and the same last record.</summary>
    /// <exception cref="StoreException"><see cref="StoreFailure.Damaged"/>: it does not. Go on serving; neither follow nor append.</exception>
    public async Task VerifyAsync(JournalHead head, CancellationToken cancellationToken)
    {
        var identity = await Identity.StoreIdentity.TryReadAsync(store, cancellationToken);
        if (identity?.Id != head.Store)
        {
            throw store.Damaged(identity is null ? $"{StoreKeys.Identity} is gone" : $"it is another store (id {identity.Id}, and we knew {head.Store})");
        }

        if (head.Number == 0)
        {
            return;
        }

        var key = KeyOf(head.Number);
        var content = await store.ReadAsync(key, cancellationToken) ?? throw store.Damaged($"{key} is gone");
        if (BlobHash.Of(content).Text != head.Hash)
        {
            throw store.Damaged($"{key} has changed");
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
            var content = RecordFile.Write(record);
            var next = Next(view, content);
            if (next.Blocked is not null || (next.Skipped && !view.Skipped))
            {
                // It could never be taken back, and would stop every reader.
                throw new ArgumentException($"A record '{draft.Type}' with these data can't be read back by this version, so it is not appended.", nameof(decide));
            }

            if (await claim.TryAsync(KeyOf(record.Number), record.Id, content, cancellationToken))
            {
                await checkpoints.WriteWhenDueAsync(next, cancellationToken);
                return (next, record);
            }
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
        if (RecordFile.TryRead(content, out _) is null && RecordFile.NewerFormat(content) is { } format)
        {
            return view with { Blocked = $"record {view.Head.Number + 1} has format {format}, and this version knows up to {JournalRecord.CurrentFormat}. Update EdgeHost." };
        }

        var record = Follow(view.Head, content);
        var known = record.Format <= JournalRecord.CurrentFormat ? view.State.Apply(record) : null;
        if (known is null && record.MustUnderstand)
        {
            return view with { Blocked = $"record {record.Number} ('{record.Type}', format {record.Format}) must be understood and is not known to this version. Update EdgeHost." };
        }

        var head = new JournalHead(record.Store, record.Number, BlobHash.Of(content).Text);
        return new JournalView<TState>(head, known ?? view.State, view.Skipped || known is null, null);
    }

    private JournalRecord Follow(JournalHead head, byte[] content)
    {
        var key = KeyOf(head.Number + 1);
        var record = RecordFile.TryRead(content, out var problem) ?? throw store.Damaged($"{key} can't be read: {problem}");
        return record.Store == head.Store && record.Number == head.Number + 1 && record.Previous == head.Hash
            ? record
            : throw store.Damaged($"{key} does not follow from the record before it");
    }

    private static string KeyOf(long number) => StoreKeys.Record(TState.Journal, number);

    private Task<bool> IsRecordAsync(long number, CancellationToken cancellationToken) => store.ExistsAsync(KeyOf(number), cancellationToken);
}

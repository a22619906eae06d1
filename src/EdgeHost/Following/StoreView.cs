using EdgeHost.Replicas;
using EdgeHost.SnapshotStore;
using EdgeHost.SnapshotStore.Identity;
using EdgeHost.SnapshotStore.Journals;
using EdgeHost.SnapshotStore.Operating;
using EdgeHost.SnapshotStore.Publishing;

namespace EdgeHost.Following;

/// <summary>
/// What the edge knows of the store: read from the replica at start, moved on by polling and by its own appends. One at a time may move it; everybody may look.
/// </summary>
internal sealed class StoreView(ISnapshotStore store, ReplicaFiles files, TimeProvider clock) : IDisposable
{
    // So that writing takes a twentieth of the time at most, however large the state is and often something is published.
    private const int PauseAfterWrite = 20;

    private static readonly TimeSpan LongestUnwritten = TimeSpan.FromSeconds(10);

    private readonly Journal<PublishState> publish = new(store, clock);
    private readonly Journal<OpsState> ops = new(store, clock);
    private readonly SemaphoreSlim moving = new(1);
    private volatile JournalPair? journals;
    private bool unwritten;
    private (long At, TimeSpan Took)? written;

    /// <summary>Null until the store has been reached for the first time, ever.</summary>
    public JournalPair? Journals => journals;

    public ISnapshotStore Store => store;

    /// <summary>Takes up where the replica left off. No store is needed.</summary>
    public async Task RestoreAsync(CancellationToken cancellationToken)
    {
        if (await files.ReadStateAsync(cancellationToken) is { } state)
        {
            journals = new JournalPair(state.Store, state.PublishView(), state.OpsView());
        }
    }

    /// <summary>Reads what is new in both journals; true when something was.</summary>
    /// <param name="verify">Whether to prove first that the store still is what it was.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    /// <exception cref="StoreException">The store can't be read, or must not be followed.</exception>
    public async Task<bool> CatchUpAsync(bool verify, CancellationToken cancellationToken)
    {
        await moving.WaitAsync(cancellationToken);
        try
        {
            var before = journals;
            var known = before ?? await OpenAsync(cancellationToken);
            if (before is not null && verify)
            {
                await publish.VerifyAsync(known.Publish.Head, cancellationToken);
                await ops.VerifyAsync(known.Ops.Head, cancellationToken);
            }

            // A record that blocked an earlier version may be known to this one.
            var next = known with
            {
                Publish = await publish.CatchUpAsync(known.Publish with { Blocked = null }, cancellationToken),
                Ops = await ops.CatchUpAsync(known.Ops with { Blocked = null }, cancellationToken),
            };
            var isNews = before is null || next.Publish.Head != before.Publish.Head || next.Ops.Head != before.Ops.Head;
            // An operator's word is on disk at once. What is published the site's own file says too, and a state of thousands of sites is not written for each of them.
            if (next.Ops.Head != before?.Ops.Head || ((isNews || unwritten) && IsTimeToWrite))
            {
                await KeepAsync(next, cancellationToken);
            }
            else
            {
                journals = next;
                unwritten |= isNews;
            }

            return isNews;
        }
        finally
        {
            moving.Release();
        }
    }

    /// <summary>Writes down what is known, if that is not on disk yet: the edge stops.</summary>
    public async Task KeepUnwrittenAsync(CancellationToken cancellationToken)
    {
        await moving.WaitAsync(cancellationToken);
        try
        {
            if (unwritten && journals is { } known)
            {
                await KeepAsync(known, cancellationToken);
            }
        }
        finally
        {
            moving.Release();
        }
    }

    /// <inheritdoc cref="Journal{TState}.AppendAsync"/>
    public async Task<JournalRecord?> AppendAsync(Func<OpsState, RecordDraft?> decide, CancellationToken cancellationToken)
    {
        await moving.WaitAsync(cancellationToken);
        try
        {
            var known = journals ?? await OpenAsync(cancellationToken);
            // A store whose other journal has another past is not the one that we knew either.
            await publish.VerifyAsync(known.Publish.Head, cancellationToken);
            var (view, record) = await ops.AppendAsync(known.Ops, decide, cancellationToken);
            await KeepAsync(known with { Ops = view }, cancellationToken);
            return record;
        }
        finally
        {
            moving.Release();
        }
    }

    /// <summary>Forgets what was known and follows the store that is there now: a person has said that it is the right one.</summary>
    /// <exception cref="StoreException"><see cref="StoreFailure.Invalid"/>: it is not the store with that id.</exception>
    public async Task AcceptAsync(string storeId, CancellationToken cancellationToken)
    {
        await moving.WaitAsync(cancellationToken);
        try
        {
            var next = await OpenAsync(cancellationToken);
            if (next.Store != storeId)
            {
                throw new StoreException(StoreFailure.Invalid, $"The store at {store.Location} has the id {next.Store}, and you named {storeId}. Nothing was changed.");
            }

            await KeepAsync(next, cancellationToken);
        }
        finally
        {
            moving.Release();
        }
    }

    public void Dispose() => moving.Dispose();

    private async Task<JournalPair> OpenAsync(CancellationToken cancellationToken)
    {
        var identity = await StoreIdentity.ReadAsync(store, cancellationToken);
        return new JournalPair(identity.Id, await publish.OpenAsync(identity.Id, cancellationToken), await ops.OpenAsync(identity.Id, cancellationToken));
    }

    // In force at once; a disk that can't take it costs only what a restart without the store would know, until it can again.
    private async Task KeepAsync(JournalPair next, CancellationToken cancellationToken)
    {
        journals = next;
        unwritten = true;
        var startedAt = clock.GetTimestamp();
        unwritten = !await files.TryWriteStateAsync(ReplicaState.Of(next.Store, next.Publish, next.Ops), cancellationToken);
        written = (clock.GetTimestamp(), clock.GetElapsedTime(startedAt));
    }

    private bool IsTimeToWrite => written is not { } last || clock.GetElapsedTime(last.At) >= last.Took * PauseAfterWrite || clock.GetElapsedTime(last.At) >= LongestUnwritten;
}

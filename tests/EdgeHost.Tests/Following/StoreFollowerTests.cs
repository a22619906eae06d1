using EdgeHost.Following;
using EdgeHost.Replicas;
using EdgeHost.Sites;
using EdgeHost.Snapshots;
using EdgeHost.SnapshotStore;
using EdgeHost.SnapshotStore.Blobs;
using Microsoft.Extensions.Logging.Abstractions;
using Site = EdgeHost.Sites.Site;

namespace EdgeHost.Tests.Following;

public sealed class StoreFollowerTests : IDisposable
{
    private static readonly StoreOptions Options = new() { PollInterval = TimeSpan.FromMilliseconds(20) };

    private readonly Scratch scratch = new();
    private readonly SiteTableState tables = new(Some.Options(), TimeProvider.System);

    private Site Site => tables.Current.Find(Some.SiteId)!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => scratch.Dispose();

    public static TheoryData<string> Surprises => ["a cancellation of its own", "a fault"];

    [Theory(Timeout = 30_000)]
    [MemberData(nameof(Surprises))]
    public async Task Whatever_the_store_throws_is_said_and_it_is_asked_again(string surprise)
    {
        var store = await TestStore.CreateAsync(scratch["store"]);
        await store.PublishAsync(new SnapshotDraft(1).Page("/", "1"));
        var obstructed = new ObstructedStore(store.Store)
        {
            Obstacle = (_, _) => surprise == "a fault" ? throw new InvalidOperationException("A fault.") : throw new OperationCanceledException("Nobody asked for that."),
        };
        using var running = await StartAsync(obstructed);
        await Wait.UntilAsync("it is said", () => running.Follower.Condition.State == StoreHealth.Faulty);
        Assert.False(running.Follower.ExecuteTask!.IsCompleted);

        obstructed.Obstacle = (_, _) => Task.CompletedTask;

        await Wait.UntilAsync("it is followed", () => running.Follower.Condition.State == StoreHealth.Ok && Site.State.Snapshot is not null);
        await running.Follower.StopAsync(Cancel);
    }

    [Fact(Timeout = 30_000)]
    public async Task A_snapshot_that_nobody_wants_any_more_is_not_waited_for()
    {
        var store = await TestStore.CreateAsync(scratch["store"]);
        var slow = new SnapshotDraft(1).Page("/", "comes never");
        await store.PublishAsync(slow);
        var given = new TaskCompletionSource();
        var obstructed = new ObstructedStore(store.Store)
        {
            Obstacle = async (key, cancellationToken) =>
            {
                if (key == StoreKeys.Blob(Some.SiteId, BlobHash.Of("comes never"u8)))
                {
                    given.TrySetResult();
                    await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);
                }
            },
        };
        using var running = await StartAsync(obstructed);
        await given.Task.WaitAsync(Cancel);

        await store.PublishAsync(new SnapshotDraft(2).Page("/", "2"));

        await Wait.UntilAsync("the second is served", () => Site.State.Snapshot?.Reference.Snapshot == Some.SnapshotId(2));
        await running.Follower.StopAsync(Cancel);
    }

    private async Task<Running> StartAsync(ISnapshotStore store)
    {
        var layout = new ReplicaLayout(scratch["data"]);
        var files = new ReplicaFiles(layout, NullLogger<ReplicaFiles>.Instance);
        var indexes = new IndexFiles(layout, NullLogger<IndexFiles>.Instance);
        var loader = new SnapshotLoader(new Replica(layout, store, TimeProvider.System, NullLogger<Replica>.Instance), files, indexes, new SnapshotShelf(indexes, new SnapshotOptions()), Options, TimeProvider.System, NullLogger<SnapshotLoader>.Instance);
        var view = new StoreView(store, files, TimeProvider.System);
        var follower = new StoreFollower(
            view, loader, new SiteLoads(loader, TimeProvider.System, NullLogger<SiteLoads>.Instance), tables, Options, TimeProvider.System, NullLogger<StoreFollower>.Instance);
        await follower.StartAsync(Cancel);
        return new Running(follower, loader, view);
    }

    private sealed record Running(StoreFollower Follower, SnapshotLoader Loader, StoreView View) : IDisposable
    {
        public void Dispose()
        {
            Follower.Dispose();
            Loader.Dispose();
            View.Dispose();
        }
    }
}

using EdgeHost.Following;
using EdgeHost.Replicas;
using EdgeHost.Snapshots;
using EdgeHost.SnapshotStore;
using EdgeHost.SnapshotStore.Publishing;
using Microsoft.Extensions.Logging.Abstractions;
using Site = EdgeHost.Sites.Site;

namespace EdgeHost.Tests.Following;

/// <summary>When a snapshot is served, and when a restart would serve it: not the same where much of it comes afterwards.</summary>
public sealed class ActivationTests : IAsyncLifetime
{
    private static readonly string Film = new('f', 11 * 1024 * 1024);

    private readonly Scratch scratch = new();
    private readonly Site site = Some.Site();
    private readonly List<SnapshotLoader> loaders = [];
    private TestStore store = null!;
    private ObstructedStore obstructed = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private ReplicaFiles Files => new(new ReplicaLayout(scratch["data"]), NullLogger<ReplicaFiles>.Instance);

    public async ValueTask InitializeAsync()
    {
        store = await TestStore.CreateAsync(scratch["store"]);
        obstructed = new ObstructedStore(store.Store);
    }

    public ValueTask DisposeAsync()
    {
        loaders.ForEach(loader => loader.Dispose());
        scratch.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact(Timeout = 30_000)]
    public async Task A_film_holds_up_no_activation_and_a_restart_serves_the_snapshot_before_until_it_is_here()
    {
        var loader = Loader();
        var (first, second) = (new SnapshotDraft(1).Page("/", "1").Asset("/1.css", "text/css", "1"), new SnapshotDraft(2).Page("/", "2").Asset("/film.mp4", "video/mp4", Film));
        await LoadAsync(loader, await store.PublishAsync(first));
        var gate = new TaskCompletionSource();
        var film = second.Blobs.MaxBy(blob => blob.Value.Length).Key;
        obstructed.Obstacle = (key, cancel) => key == StoreKeys.Blob(Some.SiteId, film) ? gate.Task.WaitAsync(cancel) : Task.CompletedTask;

        await LoadAsync(loader, await store.PublishAsync(second));

        Assert.Equal(Some.SnapshotId(2), site.State.Snapshot!.Reference.Snapshot);
        Assert.Equal((1, Film.Length), loader.LeftOf(site));
        Assert.Equal(Some.SnapshotId(1), Restarted());

        // The journal is known after a restart, and the store is gone: then the one before is served on.
        var restarted = Some.Site();
        restarted.State.Publication = site.State.Publication;
        var another = Loader();
        another.Restore(restarted, restarted.State.Publication);
        var obstacle = obstructed.Obstacle;
        obstructed.Obstacle = (_, _) => throw new StoreException(StoreFailure.Unreachable, "Gone.");
        await Assert.ThrowsAsync<StoreException>(() => another.LoadAsync(restarted, restarted.State.Publication, Cancel));
        Assert.Equal(Some.SnapshotId(1), restarted.State.Snapshot!.Reference.Snapshot);
        obstructed.Obstacle = obstacle;

        gate.SetResult();
        await Wait.UntilAsync("it is wholly here", () => Files.ReadServing(Some.SiteId)?.Reference.Snapshot == Some.SnapshotId(2));
        Assert.Equal(Some.SnapshotId(2), Restarted());
        Assert.Equal(default, loader.LeftOf(site));
    }

    [Fact(Timeout = 30_000)]
    public async Task What_the_store_lacks_of_the_rest_counts_as_not_in_the_snapshot()
    {
        var draft = new SnapshotDraft(1).Page("/", "1").Asset("/film.mp4", "video/mp4", Film);
        var reference = await store.PublishAsync(draft);
        File.Delete(store.PathOf(draft.Blobs.MaxBy(blob => blob.Value.Length).Key));
        var loader = Loader();

        await LoadAsync(loader, reference);
        await Wait.UntilAsync("it is known", () => site.State.Snapshot is { Missing: 1 });

        Assert.Equal(1, site.State.Snapshot!.Count);
        Assert.Contains("1 bodies are missing", site.State.SnapshotProblem, StringComparison.Ordinal);
        await LoadAsync(loader, reference);
        Assert.Equal(1, site.State.Snapshot.Missing);
    }

    [Fact(Timeout = 30_000)]
    public async Task A_lost_answer_costs_an_activation_a_moment()
    {
        var lost = 0;
        obstructed.Obstacle = (key, _) => key.Contains("/blobs/", StringComparison.Ordinal) && lost++ == 0 ? throw new StoreException(StoreFailure.Unreachable, "Lost.") : Task.CompletedTask;

        await LoadAsync(Loader(), await store.PublishAsync(new SnapshotDraft(1).Page("/", "1")));

        Assert.Equal(0, site.State.Snapshot!.Missing);
    }

    [Fact(Timeout = 30_000)]
    public async Task A_site_that_keeps_nothing_is_served_without_a_blob()
    {
        obstructed.Obstacle = (key, _) => key.Contains("/blobs/", StringComparison.Ordinal) ? throw new StoreException(StoreFailure.Unreachable, "Not wanted.") : Task.CompletedTask;
        var loose = site with { Replica = ReplicaPolicy.None };

        var reference = await store.PublishAsync(Some.Draft());
        loose.State.Publication = new SitePublication { Active = reference };
        await Loader().LoadAsync(loose, loose.State.Publication, Cancel);

        Assert.Equal(0, loose.State.Snapshot!.Missing);
        Assert.Equal(reference, Files.ReadServing(Some.SiteId)?.Reference);
    }

    [Fact(Timeout = 30_000)]
    public async Task The_next_activation_ends_what_is_brought_in_for_the_one_before()
    {
        var loader = Loader();
        var first = new SnapshotDraft(1).Page("/", "1").Asset("/film.mp4", "video/mp4", Film);
        var film = first.Blobs.MaxBy(blob => blob.Value.Length).Key;
        obstructed.Obstacle = (key, cancel) => key == StoreKeys.Blob(Some.SiteId, film) ? Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancel) : Task.CompletedTask;
        await LoadAsync(loader, await store.PublishAsync(first));
        Assert.Equal(1, loader.LeftOf(site).Bodies);

        await LoadAsync(loader, await store.PublishAsync(new SnapshotDraft(2).Page("/", "2")));

        Assert.Equal(0, loader.LeftOf(site).Bodies);
        Assert.Equal(Some.SnapshotId(2), Restarted());
    }

    private SnapshotLoader Loader()
    {
        var layout = new ReplicaLayout(scratch["data"]);
        var indexes = new IndexFiles(layout, NullLogger<IndexFiles>.Instance);
        var loader = new SnapshotLoader(
            new Replica(layout, obstructed, TimeProvider.System, NullLogger<Replica>.Instance),
            Files, indexes, new SnapshotShelf(indexes, new SnapshotOptions()), new StoreOptions(), TimeProvider.System, NullLogger<SnapshotLoader>.Instance);
        loaders.Add(loader);
        return loader;
    }

    private async Task LoadAsync(SnapshotLoader loader, SnapshotReference reference)
    {
        site.State.Publication = new SitePublication { Active = reference };
        await loader.LoadAsync(site, site.State.Publication, Cancel);
    }

    // What another process would serve that starts now and finds no store; all of it is here.
    private EdgeHost.SnapshotStore.Manifests.SnapshotId? Restarted()
    {
        var restarted = Some.Site();
        Loader().Restore(restarted, site.State.Publication);
        Assert.Equal(0, restarted.State.Snapshot!.Missing);
        return restarted.State.Snapshot.Reference.Snapshot;
    }
}

using EdgeHost.Following;
using EdgeHost.Replicas;
using EdgeHost.SnapshotStore;
using EdgeHost.SnapshotStore.Journals;
using EdgeHost.SnapshotStore.Operating;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace EdgeHost.Tests.Following;

public sealed class StoreViewTests : IDisposable
{
    private readonly Scratch scratch = new();
    private readonly FakeTimeProvider clock = new(Some.Time);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => scratch.Dispose();

    [Fact]
    public async Task Follows_both_journals_and_knows_them_after_a_restart()
    {
        var store = await TestStore.CreateAsync(scratch["store"], clock);
        await store.PublishAsync(new SnapshotDraft(1).Page("/", "1"));
        using var view = View();
        Assert.Null(view.Journals);
        Assert.True(await view.CatchUpAsync(true, Cancel));
        Assert.False(await view.CatchUpAsync(true, Cancel));
        await store.PublishAsync(new SnapshotDraft(2).Page("/", "2"));
        await store.SetModeAsync(OperatorMode.Snapshot);
        Assert.True(await view.CatchUpAsync(false, Cancel));

        Directory.Move(scratch["store"], scratch["away"]);
        using var restarted = View();
        await restarted.RestoreAsync(Cancel);

        Assert.Equal(Some.SnapshotId(2), restarted.Journals!.Publish.State.Of(Some.SiteId).Active!.Snapshot);
        Assert.Equal(OperatorMode.Snapshot, Assert.Single(restarted.Journals.Ops.State.Held(clock.GetUtcNow())).Override.Mode);
        Assert.Equal(StoreFailure.Unreachable, await FailureAsync(restarted));
    }

    [Fact]
    public async Task What_the_disk_did_not_take_is_written_when_it_does()
    {
        await TestStore.CreateAsync(scratch["store"], clock);
        var state = new ReplicaLayout(scratch["data"]).State;
        Directory.CreateDirectory(state);
        using var view = View();
        await view.CatchUpAsync(true, Cancel);
        Directory.Delete(state);

        Assert.False(await view.CatchUpAsync(false, Cancel));

        Assert.True(File.Exists(state));
    }

    [Fact]
    public async Task Another_store_in_its_place_is_damage_until_somebody_accepts_it()
    {
        await (await TestStore.CreateAsync(scratch["store"], clock)).PublishAsync(new SnapshotDraft(1).Page("/", "1"));
        using var view = View();
        await view.CatchUpAsync(true, Cancel);
        Directory.Move(scratch["store"], scratch["away"]);
        var other = await TestStore.CreateAsync(scratch["store"], clock);
        await other.PublishAsync(new SnapshotDraft(5).Page("/", "5"));

        Assert.Equal(StoreFailure.Damaged, await FailureAsync(view));
        Assert.Equal(StoreFailure.Damaged, (await Assert.ThrowsAsync<StoreException>(() => AppendAsync(view))).Failure);
        Assert.Equal(Some.SnapshotId(1), view.Journals!.Publish.State.Of(Some.SiteId).Active!.Snapshot);

        Assert.Equal(StoreFailure.Invalid, (await Assert.ThrowsAsync<StoreException>(() => view.AcceptAsync("not-its-id", Cancel))).Failure);
        await view.AcceptAsync(other.Id, Cancel);
        Assert.Equal(Some.SnapshotId(5), view.Journals.Publish.State.Of(Some.SiteId).Active!.Snapshot);
        await view.CatchUpAsync(true, Cancel);
    }

    [Theory]
    [InlineData("publish")]
    [InlineData("ops")]
    public async Task A_past_that_has_changed_is_damage_and_nothing_is_written_to_it(string journal)
    {
        var store = await TestStore.CreateAsync(scratch["store"], clock);
        await store.PublishAsync(new SnapshotDraft(1).Page("/", "1"));
        await store.SetModeAsync(OperatorMode.Live);
        using var view = View();
        await view.CatchUpAsync(true, Cancel);
        var record = Path.Combine(scratch["store"], StoreKeys.Record(journal, 1));
        await File.AppendAllTextAsync(record, " ", Cancel);

        Assert.Equal(StoreFailure.Damaged, await FailureAsync(view));
        await Assert.ThrowsAsync<StoreException>(() => AppendAsync(view));
        Assert.False(File.Exists(Path.Combine(scratch["store"], StoreKeys.Record("ops", 2))));

        File.Delete(record);
        Assert.Equal(StoreFailure.Damaged, await FailureAsync(view));
    }

    [Fact]
    public async Task A_record_that_must_be_understood_and_is_not_blocks_until_an_update()
    {
        var store = await TestStore.CreateAsync(scratch["store"], clock);
        await store.PublishAsync(new SnapshotDraft(1).Page("/", "1"));
        using var view = View();
        await view.CatchUpAsync(true, Cancel);
        await PutUnknownAsync(store, view.Journals!.Publish.Head);

        await view.CatchUpAsync(true, Cancel);

        Assert.Contains("Update EdgeHost", view.Journals!.Publish.Blocked, StringComparison.Ordinal);
        Assert.Equal(Some.SnapshotId(1), view.Journals.Publish.State.Of(Some.SiteId).Active!.Snapshot);
        // The other journal goes on.
        await AppendAsync(view);
        Assert.Equal(1, view.Journals.Ops.Head.Number);
    }

    [Fact]
    public async Task Its_own_order_is_in_force_at_once()
    {
        await TestStore.CreateAsync(scratch["store"], clock);
        using var view = View();

        var record = await AppendAsync(view);

        Assert.Equal(1, record!.Number);
        Assert.Equal(OperatorMode.Maintenance, Assert.Single(view.Journals!.Ops.State.Held(clock.GetUtcNow())).Override.Mode);
    }

    [Fact]
    public async Task Orders_of_two_edges_at_once_are_both_taken()
    {
        await TestStore.CreateAsync(scratch["store"], clock);
        using var one = View("one");
        using var two = View("two");

        await Task.WhenAll(Enumerable.Range(0, 10).Select(i => AppendAsync(i % 2 == 0 ? one : two)));
        await one.CatchUpAsync(true, Cancel);
        await two.CatchUpAsync(true, Cancel);

        Assert.Equal(10, one.Journals!.Ops.Head.Number);
        Assert.Equal(one.Journals.Ops.Head, two.Journals!.Ops.Head);
    }

    private static async Task PutUnknownAsync(TestStore store, JournalHead head) => await store.Store.CreateAsync(
        StoreKeys.Record("publish", head.Number + 1),
        System.Text.Encoding.UTF8.GetBytes($$"""{"format":1,"store":"{{head.Store}}","number":{{head.Number + 1}},"id":"{{Guid.NewGuid():N}}","previous":"{{head.Hash}}","at":"2026-01-31T12:00:00Z","actor":"the future","type":"from-the-future","mustUnderstand":true,"data":{} }"""),
        Cancel);

    private static Task<JournalRecord?> AppendAsync(StoreView view) =>
        view.AppendAsync(_ => OpsRecords.ModeSet(OverrideScope.All, OperatorMode.Maintenance, null, "kim", "test"), Cancel);

    private static async Task<StoreFailure> FailureAsync(StoreView view) => (await Assert.ThrowsAsync<StoreException>(() => view.CatchUpAsync(true, Cancel))).Failure;

    private StoreView View(string data = "data") =>
        new(new TestStore(scratch["store"], clock).Store, new ReplicaFiles(new ReplicaLayout(scratch[data]), NullLogger<ReplicaFiles>.Instance), clock);
}

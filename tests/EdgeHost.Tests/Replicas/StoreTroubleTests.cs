using System.Text;
using EdgeHost.Replicas;
using EdgeHost.SnapshotStore;
using EdgeHost.SnapshotStore.Blobs;
using EdgeHost.Tests.FrontDoor;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace EdgeHost.Tests.Replicas;

/// <summary>What a store in trouble, or a disk, costs those who ask for what is not in the replica.</summary>
public sealed class StoreTroubleTests : IDisposable
{
    private static readonly byte[] Content = "the bytes that were published"u8.ToArray();

    private readonly Scratch scratch = new();
    private readonly FaultStore store = new();
    private readonly FakeTimeProvider clock = new(Some.Time);
    private readonly CollectedLog log = new();
    private readonly ReplicaLayout layout;
    private readonly Replica replica;

    public StoreTroubleTests()
    {
        layout = new ReplicaLayout(scratch["data"]);
        replica = Open(layout);
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        replica.Dispose();
        scratch.Dispose();
    }

    [Fact]
    public async Task A_dead_store_is_asked_five_times_and_then_once_in_a_while()
    {
        for (var i = 0; i < 100; i++)
        {
            Assert.Null(await ReadAsync($"blob {i}"));
        }

        Assert.Equal(5, store.Asked);
        Assert.Single(log.Events, one => one.Id == 308);

        clock.Advance(StoreBreaker.OpenFor);
        await Task.WhenAll(Enumerable.Range(0, 100).Select(i => ReadAsync($"blob {i}")));
        Assert.Equal(6, store.Asked);

        store.Holds(Content);
        clock.Advance(StoreBreaker.OpenFor);
        Assert.Equal(Content, await ReadAsync(null));
        Assert.Single(log.Events, one => one.Id == 309);
        Assert.Equal(BreakerPhase.Closed, replica.Breaker);
    }

    [Fact]
    public async Task A_blob_is_asked_for_once_in_a_retry_interval_however_many_want_it()
    {
        for (var second = 0; second < 20; second++)
        {
            await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => ReadAsync("one blob")));
            clock.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.Equal(4, store.Asked);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Wrong_bytes_are_asked_for_once_in_a_retry_interval_too(bool complains)
    {
        store.ComplainsAtTheEnd = complains;
        store.Holds("other bytes"u8.ToArray());

        for (var i = 0; i < 10; i++)
        {
            Assert.Null(await ReadAsync(null));
        }

        Assert.Equal(1, store.Asked);
        Assert.Single(log.Events, one => one.Id == 300);
        Assert.Equal(BreakerPhase.Closed, replica.Breaker);
    }

    [Fact]
    public async Task A_slow_store_costs_a_few_visitors_two_seconds_and_the_others_nothing()
    {
        store.Gate = new TaskCompletionSource().Task;
        var waiting = Enumerable.Range(0, 5).Select(i => ReadAsync($"blob {i}")).ToList();
        await Wait.UntilAsync("they are asked for", () => store.Asked == 5);
        clock.Advance(TimeSpan.FromSeconds(2));
        Assert.All(await Task.WhenAll(waiting), Assert.Null);
        await Wait.UntilAsync("the breaker is open", () => replica.Breaker == BreakerPhase.Open);

        // The clock stands still: whoever had to wait would wait for ever.
        for (var i = 0; i < 100; i++)
        {
            Assert.Null(await ReadAsync($"blob {i}"));
        }

        Assert.Equal(5, store.Asked);
    }

    [Fact]
    public async Task A_body_that_takes_its_time_is_no_fault_of_the_store_as_long_as_something_comes_of_it()
    {
        var body = new byte[500_000];
        store.Holds(body);
        store.BodyGate = new TaskCompletionSource().Task;
        var waiting = Enumerable.Range(0, 5).Select(i => replica.ReadAsync(Some.SiteId, BlobHash.Of(Encoding.UTF8.GetBytes($"{i}")), body.Length, Cancel)).ToList();
        await Wait.UntilAsync("they are asked for", () => store.Reading == 5);

        clock.Advance(TimeSpan.FromSeconds(2));
        Assert.All(await Task.WhenAll(waiting), Assert.Null);
        clock.Advance(TimeSpan.FromSeconds(4));
        Assert.Equal(BreakerPhase.Closed, replica.Breaker);

        // Two seconds, and five for 500 KB at 100 KB a second: one that has not come by then is not coming.
        clock.Advance(TimeSpan.FromSeconds(1));
        await Wait.UntilAsync("the breaker is open", () => replica.Breaker == BreakerPhase.Open);
    }

    [Fact]
    public async Task Large_bodies_keep_no_page_waiting()
    {
        const int Large = 16 * 1024 * 1024;
        store.Gate = new TaskCompletionSource().Task;
        var films = Enumerable.Range(0, 20).Select(i => replica.FindFileAsync(Some.SiteId, BlobHash.Of(Encoding.UTF8.GetBytes($"film {i}")), Large, Cancel)).ToList();
        await Wait.UntilAsync("as many are fetched as may be", () => store.Asked == 4);

        var page = ReadAsync("a page");
        await Wait.UntilAsync("the page is asked for", () => store.Asked == 5);

        clock.Advance(TimeSpan.FromSeconds(2));
        Assert.Null(await page);
        Assert.All(await Task.WhenAll(films), Assert.Null);
        Assert.Equal(5, store.Asked);
    }

    [Fact]
    public async Task So_many_are_fetched_at_once_and_no_more()
    {
        store.Gate = new TaskCompletionSource().Task;
        var waiting = Enumerable.Range(0, 100).Select(i => ReadAsync($"blob {i}")).ToList();
        await Wait.UntilAsync("the store is busy", () => store.Asked == 32);

        clock.Advance(TimeSpan.FromSeconds(2));
        Assert.All(await Task.WhenAll(waiting), Assert.Null);
        Assert.Equal(32, store.Asked);
    }

    [Fact]
    public async Task A_visitor_who_goes_away_ends_it_for_nobody_else()
    {
        store.Holds(Content);
        var gate = new TaskCompletionSource();
        store.Gate = gate.Task;
        using var leaves = new CancellationTokenSource();
        var first = replica.ReadAsync(Some.SiteId, BlobHash.Of(Content), Content.Length, leaves.Token);
        var second = ReadAsync(null);
        await Wait.UntilAsync("it is asked for", () => store.Asked == 1);

        await leaves.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        gate.SetResult();

        Assert.Equal(Content, await second);
        Assert.Equal(1, store.Asked);
    }

    [Fact]
    public async Task A_disk_that_takes_nothing_costs_a_visitor_nothing_and_is_said_once()
    {
        store.Holds(Content);
        Directory.CreateDirectory(layout.Root);
        await File.WriteAllTextAsync(layout.Sites, "in the way", Cancel);

        for (var i = 0; i < 3; i++)
        {
            Assert.Equal(Content, await ReadAsync(null));
        }

        Assert.NotNull(replica.DiskProblem);
        Assert.Single(log.Events, one => one.Id == 305);
        Assert.Equal(BreakerPhase.Closed, replica.Breaker);
        await Assert.ThrowsAsync<IOException>(() => replica.EnsureAsync(Some.SiteId, BlobHash.Of(Content), Content.Length, Cancel));
        Assert.False(Directory.Exists(layout.Temporary));

        File.Delete(layout.Sites);
        clock.Advance(BlobFlights.RetryInterval);
        Assert.Equal(Content, await ReadAsync(null));
        Assert.Null(replica.DiskProblem);
        Assert.Single(log.Events, one => one.Id == 306);
        Assert.True(File.Exists(layout.Blob(Some.SiteId, BlobHash.Of(Content))));
    }

    [Fact]
    public async Task A_replica_of_a_newer_version_is_read_and_not_written_to()
    {
        store.Holds(Content);
        await ReadAsync(null);
        Directory.CreateDirectory(layout.Temporary);
        await File.WriteAllTextAsync(layout.FormatFile, "{\"format\":3,\"what\":\"nobody knows\"}", Cancel);
        await File.WriteAllTextAsync(Path.Combine(layout.Temporary, "1.tmp"), "the newer one's", Cancel);
        var before = Files();
        using var other = Open(new ReplicaLayout(scratch["data"]));
        other.Sweep();

        Assert.Equal(Content, await other.ReadLocalAsync(Some.SiteId, BlobHash.Of(Content), Content.Length, Cancel));
        store.Holds("another"u8.ToArray());
        Assert.NotNull(await other.ReadAsync(Some.SiteId, BlobHash.Of("another"u8), 7, Cancel));
        var files = new ReplicaFiles(new ReplicaLayout(scratch["data"]), new Logger<ReplicaFiles>(new LoggerFactory([log])));
        Assert.False(await files.TryWriteServingAsync(Some.SiteId, new(new(Some.SnapshotId(1), BlobHash.Of(Content), Some.Time, 1), 1, new HashSet<BlobHash>()), Cancel));

        Assert.Equal(before, Files());
        Assert.Single(log.Events, one => one.Id == 307);
    }

    [Fact]
    public async Task A_replica_of_the_first_version_is_taken_up_where_it_lies()
    {
        store.Holds(Content);
        await ReadAsync(null);
        Assert.False(File.Exists(layout.FormatFile));

        replica.Sweep();

        Assert.Equal("{\"format\":2}", await File.ReadAllTextAsync(layout.FormatFile, Cancel));
        Assert.Equal(2, new ReplicaLayout(scratch["data"]).Format.Format);
        Assert.Equal(Content, await replica.ReadLocalAsync(Some.SiteId, BlobHash.Of(Content), Content.Length, Cancel));
    }

    [Fact]
    public async Task When_a_blob_was_last_needed_is_written_down_once_in_five_minutes()
    {
        store.Holds(Content);
        await ReadAsync(null);
        var file = layout.Blob(Some.SiteId, BlobHash.Of(Content));
        var now = clock.GetUtcNow().UtcDateTime;

        File.SetLastWriteTimeUtc(file, now.AddMinutes(-4));
        await ReadAsync(null);
        Assert.Equal(now.AddMinutes(-4), File.GetLastWriteTimeUtc(file));

        File.SetLastWriteTimeUtc(file, now.AddMinutes(-5));
        await ReadAsync(null);
        Assert.Equal(now, File.GetLastWriteTimeUtc(file));
    }

    [Fact]
    public void Of_large_files_that_were_checked_so_many_are_remembered()
    {
        var files = new VerifiedFiles(most: 2);
        files.Add("1");
        files.Add("2");
        files.Add("2");
        files.Add("3");

        Assert.Equal([false, true, true], new[] { "1", "2", "3" }.Select(files.Has));
    }

    private Replica Open(ReplicaLayout where) => new(where, store, clock, new Logger<Replica>(new LoggerFactory([log])));

    // Null: the one that the store holds.
    private Task<byte[]?> ReadAsync(string? blob)
    {
        var content = blob is null ? Content : Encoding.UTF8.GetBytes(blob);
        return replica.ReadAsync(Some.SiteId, BlobHash.Of(content), content.Length, Cancel);
    }

    private List<(string, DateTime)> Files() =>
        [.. Directory.EnumerateFiles(layout.Root, "*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = 0 }).Order(StringComparer.Ordinal).Select(path => (path, File.GetLastWriteTimeUtc(path)))];
}

using System.Text;
using EdgeHost.Replicas;
using EdgeHost.SnapshotStore;
using EdgeHost.SnapshotStore.Blobs;
using EdgeHost.SnapshotStore.Manifests;
using EdgeHost.SnapshotStore.Publishing;
using EdgeHost.SnapshotStore.Sites;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace EdgeHost.Tests.Replicas;

public sealed class ReplicaTests : IDisposable
{
    private const string Text = "the bytes that were published";

    private static readonly byte[] Content = Encoding.UTF8.GetBytes(Text);
    private static readonly BlobHash Hash = BlobHash.Of(Content);

    private readonly Scratch scratch = new();
    private readonly FaultStore store = new();
    private readonly FakeTimeProvider clock = new(Some.Time);
    private readonly ReplicaLayout layout;
    private readonly Replica replica;

    public ReplicaTests()
    {
        layout = new ReplicaLayout(scratch["data"]);
        replica = new Replica(layout, store, clock, NullLogger<Replica>.Instance);
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private string Path => layout.Blob(Some.SiteId, Hash);

    public void Dispose() => scratch.Dispose();

    [Fact]
    public async Task Brings_a_blob_once()
    {
        store.Holds(Content);

        Assert.True(await EnsureAsync());
        Assert.True(await EnsureAsync());
        Assert.Equal(Content, await ReadAsync());
        Assert.Equal(Path, await FindFileAsync());
        Assert.Equal(1, store.Asked);
        Assert.Empty(Directory.EnumerateFiles(layout.Temporary));
    }

    [Fact]
    public async Task Wrong_bytes_are_asked_for_once_more()
    {
        store.Answers("the bytes that were corrupted"u8.ToArray(), Content);

        Assert.True(await EnsureAsync());
        Assert.Equal(Content, await File.ReadAllBytesAsync(Path, Cancel));
    }

    [Fact]
    public async Task Wrong_bytes_twice_are_a_missing_blob_and_never_there_under_its_name()
    {
        store.Holds("the bytes that were corrupted"u8.ToArray());

        Assert.False(await EnsureAsync());
        Assert.Equal(2, store.Asked);
        Assert.Null(await ReadAsync());
        Assert.Null(await FindFileAsync());
        Assert.False(File.Exists(Path));
        Assert.False(Directory.Exists(layout.Temporary));
    }

    [Fact]
    public async Task A_blob_that_the_store_lacks_is_missing()
    {
        store.Holds(null);

        Assert.False(await EnsureAsync());
        Assert.Equal(1, store.Asked);
    }

    [Fact]
    public async Task A_store_that_can_not_be_asked_says_nothing_about_a_blob()
    {
        await Assert.ThrowsAsync<StoreException>(EnsureAsync);
        Assert.Null(await ReadAsync());
        Assert.Null(await FindFileAsync());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_large_blob_that_is_wrong_or_cut_leaves_nothing_behind(bool breaks)
    {
        store.Breaks = breaks;
        var content = new byte[2 * 1024 * 1024];
        var hash = BlobHash.Of(content);
        store.Holds(breaks ? content : [.. content[1..], 1]);

        Assert.Null(await replica.FindFileAsync(Some.SiteId, hash, content.Length, Cancel));
        Assert.Null(await replica.ReadAsync(Some.SiteId, hash, content.Length, Cancel));

        Assert.Equal(1, store.Asked);
        Assert.False(File.Exists(layout.Blob(Some.SiteId, hash)));
        Assert.Empty(Directory.EnumerateFiles(layout.Temporary));
        store.Breaks = false;
        store.Holds(content);
        clock.Advance(BlobFlights.RetryInterval);
        Assert.Equal(content, await File.ReadAllBytesAsync((await replica.FindFileAsync(Some.SiteId, hash, content.Length, Cancel))!, Cancel));
    }

    [Fact]
    public async Task A_store_that_breaks_off_says_nothing_either()
    {
        store.Breaks = true;
        store.Holds(Content);

        await Assert.ThrowsAsync<StoreException>(EnsureAsync);
        Assert.False(File.Exists(Path));
        Assert.False(Directory.Exists(layout.Temporary));
    }

    [Theory]
    [InlineData("")]
    [InlineData("the bytes that were")]
    [InlineData("the bytes that were published, and more")]
    [InlineData("the bytes that were publisheD")]
    public async Task A_file_that_was_damaged_on_disk_is_never_given_and_fetched_again(string onDisk)
    {
        await PutAsync(onDisk);
        Assert.Null(await ReadAsync());
        Assert.Null(await FindFileAsync());

        store.Holds(Content);
        clock.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal(Content, await ReadAsync());
        await PutAsync(onDisk);
        var file = await FindFileAsync();
        Assert.Equal(Content, await File.ReadAllBytesAsync(file!, Cancel));
    }

    [Fact]
    public async Task A_directory_in_the_place_of_a_blob_is_no_file_and_keeps_nobody_from_the_bytes()
    {
        Directory.CreateDirectory(Path);
        store.Holds(Content);

        Assert.Equal(Content, await ReadAsync());
        Assert.Null(await FindFileAsync());
    }

    [Fact]
    public async Task A_large_file_that_shrinks_after_it_was_checked_is_noticed()
    {
        store.Holds(Content);
        await FindFileAsync();
        await PutAsync("cut");

        Assert.Equal(Content, await File.ReadAllBytesAsync((await FindFileAsync())!, Cancel));
    }

    [Fact]
    public async Task An_empty_blob_is_a_blob()
    {
        store.Holds([]);
        var hash = BlobHash.Of([]);

        Assert.True(await replica.EnsureAsync(Some.SiteId, hash, 0, Cancel));
        Assert.Empty((await replica.ReadAsync(Some.SiteId, hash, 0, Cancel))!);
    }

    [Fact]
    public async Task Many_at_once_get_the_right_bytes()
    {
        store.Holds(Content);

        var all = await Task.WhenAll(Enumerable.Range(0, 32).Select(_ => Task.Run(ReadAsync, Cancel)));

        Assert.All(all, content => Assert.Equal(Content, content));
    }

    [Fact]
    public async Task A_manifest_is_kept_by_its_hash_and_read_back_without_the_store()
    {
        var manifest = Some.Manifest(1, Some.Entry("/"));
        store.Holds(ManifestFile.Write(manifest));
        var reference = Some.Reference(manifest);

        Assert.NotNull(await replica.ManifestAsync(Some.SiteId, reference, Cancel));
        store.Holds(null);
        Assert.NotNull(await replica.LocalManifestAsync(Some.SiteId, reference, Cancel));
        await File.WriteAllTextAsync(layout.Manifest(Some.SiteId, reference.Manifest), "cut", Cancel);
        Assert.Null(await replica.LocalManifestAsync(Some.SiteId, reference, Cancel));
        Assert.Null(await replica.ManifestAsync(Some.SiteId, reference, Cancel));
    }

    [Fact]
    public async Task A_manifest_of_another_site_or_of_other_bytes_is_not_used()
    {
        var manifest = Some.Manifest(1, Some.Entry("/"));
        store.Holds(ManifestFile.Write(manifest));

        await Assert.ThrowsAsync<StoreException>(() => replica.ManifestAsync(SiteId.Parse("mira"), Some.Reference(manifest), Cancel));
        await Assert.ThrowsAsync<StoreException>(() => replica.ManifestAsync(Some.SiteId, Some.Reference(manifest) with { Manifest = Hash }, Cancel));
        await Assert.ThrowsAsync<StoreException>(() => replica.ManifestAsync(Some.SiteId, Some.Reference(manifest) with { Snapshot = Some.SnapshotId(2) }, Cancel));
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("{\"format\":1,\"snapshot\":\"../../etc\",\"manifest\":\"x\",\"capturedAt\":\"2026-01-31T12:00:00Z\",\"entries\":1}")]
    [InlineData("{\"format\":1,\"snapshot\":null,\"manifest\":null,\"capturedAt\":\"2026-01-31T12:00:00Z\",\"entries\":1}")]
    public async Task A_broken_file_of_its_own_is_passed_over(string json)
    {
        var files = new ReplicaFiles(layout, NullLogger<ReplicaFiles>.Instance);
        foreach (var path in new[] { layout.Serving(Some.SiteId), layout.State })
        {
            Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
            await File.WriteAllTextAsync(path, json, Cancel);
        }

        Assert.Null(files.ReadServing(Some.SiteId));
        Assert.Null(await files.ReadStateAsync(Cancel));
    }

    [Theory]
    [InlineData(7)]
    [InlineData(5, 1, 2)]
    public async Task What_is_served_is_written_and_read_back(int answers, params int[] missing)
    {
        var files = new ReplicaFiles(layout, NullLogger<ReplicaFiles>.Instance);
        var served = new ServedSnapshot(new SnapshotReference(Some.SnapshotId(1), Hash, Some.Time, 7), answers, missing.Select(n => BlobHash.Of([(byte)n])).ToHashSet());
        Assert.Null(files.ReadServing(Some.SiteId));

        Assert.True(await files.TryWriteServingAsync(Some.SiteId, served, Cancel));

        var read = files.ReadServing(Some.SiteId)!;
        Assert.Equal((served.Reference, answers), (read.Reference, read.Answers));
        Assert.True(served.Missing.SetEquals(read.Missing));
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(1)]
    public async Task Bytes_of_another_length_are_wrong_bytes(int more)
    {
        store.Holds(Content);

        Assert.False(await replica.EnsureAsync(Some.SiteId, Hash, Content.Length + more, Cancel));
        Assert.False(File.Exists(Path));
    }

    [Fact]
    public async Task A_file_that_may_not_be_read_is_as_good_as_none()
    {
        // Root may read it all the same; either way nothing is thrown.
        var manifest = Some.Manifest(1, Some.Entry("/"));
        store.Answers(Content, ManifestFile.Write(manifest), Content);
        await EnsureAsync();
        await replica.ManifestAsync(Some.SiteId, Some.Reference(manifest), Cancel);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(Path, UnixFileMode.None);
            File.SetUnixFileMode(layout.Manifest(Some.SiteId, Some.Reference(manifest).Manifest), UnixFileMode.None);
        }

        Assert.Equal(Content, await ReadAsync());
        await replica.LocalManifestAsync(Some.SiteId, Some.Reference(manifest), Cancel);
    }

    [Fact]
    public void What_a_killed_edge_left_unfinished_is_cleared_away()
    {
        replica.Sweep();
        Directory.CreateDirectory(layout.Temporary);
        File.WriteAllText(System.IO.Path.Combine(layout.Temporary, "1.tmp"), "half");

        replica.Sweep();

        Assert.Empty(Directory.EnumerateFiles(layout.Temporary));
    }

    [Fact]
    public async Task Visitors_who_wait_for_one_blob_ask_the_store_once()
    {
        store.Holds(Content);
        var gate = new TaskCompletionSource();
        store.Gate = gate.Task;

        var all = Enumerable.Range(0, 10).Select(_ => ReadAsync()).ToList();
        gate.SetResult();

        Assert.All(await Task.WhenAll(all), content => Assert.Equal(Content, content));
        Assert.Equal(1, store.Asked);
    }

    [Fact]
    public async Task No_visitor_waits_long_for_a_slow_store()
    {
        store.Holds(Content);
        var gate = new TaskCompletionSource();
        store.Gate = gate.Task;
        var first = ReadAsync();
        await Wait.UntilAsync("the store is asked", () => store.Asked == 1);

        clock.Advance(TimeSpan.FromSeconds(2));
        Assert.Null(await first);
        Assert.Null(await ReadAsync());

        gate.SetResult();
        await Wait.UntilAsync("it has come at last", async () => await ReadAsync() is not null);
        Assert.Equal(1, store.Asked);
    }

    [Fact]
    public async Task What_can_not_be_had_is_asked_for_again_after_a_while()
    {
        Assert.Null(await ReadAsync());
        Assert.Null(await ReadAsync());
        Assert.Equal(1, store.Asked);

        clock.Advance(TimeSpan.FromSeconds(5));
        store.Holds(Content);
        Assert.Equal(Content, await ReadAsync());
    }

    private Task<bool> EnsureAsync() => replica.EnsureAsync(Some.SiteId, Hash, Content.Length, Cancel);

    private Task<byte[]?> ReadAsync() => replica.ReadAsync(Some.SiteId, Hash, Content.Length, Cancel);

    private Task<string?> FindFileAsync() => replica.FindFileAsync(Some.SiteId, Hash, Content.Length, Cancel);

    private async Task PutAsync(string text)
    {
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(Path)!);
        await File.WriteAllTextAsync(Path, text, Cancel);
    }
}

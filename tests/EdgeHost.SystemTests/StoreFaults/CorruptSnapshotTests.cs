using System.Text;
using EdgeHost.SnapshotStore;
using EdgeHost.SnapshotStore.Blobs;
using EdgeHost.SnapshotStore.Sites;

namespace EdgeHost.SystemTests.StoreFaults;

/// <summary>Manifests and blobs that are not what they should be: never served, always said.</summary>
public sealed class CorruptSnapshotTests : IAsyncDisposable
{
    private static readonly SiteId Site = SiteId.Parse(FaultBench.Site);

    private readonly FaultBench bench = new();

    [Fact]
    public async Task A_corrupt_manifest_is_not_used_and_what_was_served_is_served_on()
    {
        var cancel = TestContext.Current.CancellationToken;
        await bench.PublishAsync("version 1");
        await bench.StartAsync();
        await bench.UntilShownAsync("version 1");

        // Corrupt before its record is there, so the edge never sees a good one.
        var next = await bench.PublishAsync("version 2", snapshot => Rewrite(StoreKeys.Manifest(Site, snapshot), content => [.. content[..^20], (byte)~content[^20], .. content[^19..]]));

        await Wait.UntilAsync("the problem is told", FaultBench.Soon, async () => await bench.ProblemAsync() is { Length: > 0 }, cancel);
        await bench.AssertShownAsync("version 1");
        Assert.Single(await bench.ErrorsAsync(next.Snapshot.ToString()));

        await bench.PublishAsync("version 3");
        await bench.UntilShownAsync("version 3");
        Assert.Null(await bench.ProblemAsync());
    }

    [Theory]
    [InlineData("truncated", Traits = ["Category", "Long"])]
    [InlineData("other bytes of the same length")]
    [InlineData("gone")]
    [InlineData("empty", Traits = ["Category", "Long"])]
    public async Task A_corrupt_blob_is_never_served(string fault)
    {
        var cancel = TestContext.Current.CancellationToken;
        await bench.PublishAsync("version 1");
        await bench.StartAsync();
        await bench.UntilShownAsync("version 1");
        var hash = BlobHash.Of(Encoding.UTF8.GetBytes(FaultBench.Pages("version 2")["/page"]));
        var blob = StoreKeys.Blob(Site, hash);

        await bench.PublishAsync("version 2", _ => Rewrite(blob, content => fault switch
        {
            "truncated" => content[..^100],
            "empty" => [],
            "gone" => null,
            _ => [.. content.Select(one => one == (byte)'e' ? (byte)'E' : one)],
        }));

        await bench.UntilShownAsync("version 2");
        var answer = await bench.Edge.GetAsync("/page", FaultBench.Host, cancel);
        Assert.Equal((503, "unavailable"), (answer.Status, answer.DecisionKind));
        Assert.NotNull(answer["Retry-After"]);
        Assert.Equal(1, (await bench.Edge.Management.SiteAsync(cancel)).GetProperty("snapshot").GetProperty("missingBodies").GetInt32());
        Assert.NotNull(await bench.ProblemAsync());
        Assert.NotEmpty(await bench.ErrorsAsync(hash.Text));

        // Mended by publishing again, as the edge says.
        File.Delete(Path.Combine(bench.Store, blob));
        await bench.PublishAsync("version 2", salt: "again");
        await bench.Edge.UntilDecidedAsync("snapshot", "/page", FaultBench.Host, FaultBench.Soon, cancel);
        Assert.Null(await bench.ProblemAsync());
    }

    [Fact]
    public async Task A_blob_that_rots_in_the_replica_is_fetched_again()
    {
        var cancel = TestContext.Current.CancellationToken;
        await bench.PublishAsync("version 1");
        await bench.StartAsync();
        await bench.UntilShownAsync("version 1");
        await bench.Edge.KillAsync();

        foreach (var file in Directory.EnumerateFiles(bench.Scratch["edge/data"], "*", SearchOption.AllDirectories).Where(file => file.Contains("/blobs/", StringComparison.Ordinal)))
        {
            var bytes = await File.ReadAllBytesAsync(file, cancel);
            bytes[0] ^= 0xff;
            await File.WriteAllBytesAsync(file, bytes, cancel);
        }

        await bench.Edge.StartAgainAsync(cancel);
        await bench.UntilShownAsync("version 1");
        Assert.Equal(FaultBench.Pages("version 1")["/page"], (await bench.Edge.GetAsync("/page", FaultBench.Host, cancel)).Text);
    }

    public ValueTask DisposeAsync() => bench.DisposeAsync();

    // Null removes it.
    private void Rewrite(string key, Func<byte[], byte[]?> change)
    {
        var path = Path.Combine(bench.Store, key);
        var content = change(File.ReadAllBytes(path));
        File.Delete(path);
        if (content is not null)
        {
            File.WriteAllBytes(path, content);
        }
    }
}

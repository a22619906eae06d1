using EdgeHost.Following;
using EdgeHost.SnapshotStore.Blobs;

namespace EdgeHost.Tests.FrontDoor;

public sealed class RestartTests
{
    [Fact(Timeout = 30_000)]
    public async Task Serves_from_its_replica_without_store_and_platform()
    {
        await using var bench = await Bench.StartAsync(("Origins:platform:ProbeInterval", "00:05:00"));
        await bench.StopEdgeAsync();
        Directory.Delete(bench.StoreDirectory, recursive: true);
        bench.Origin.Refuse();

        await bench.StartEdgeAsync();

        // From the very first request on: nothing is waited for.
        foreach (var entry in Some.Draft().Manifest.Entries)
        {
            var response = await bench.GetAsync(entry.Key);
            Assert.Equal(entry.Status, response.Status);
            Assert.StartsWith("snapshot; reason=", response.Decision, StringComparison.Ordinal);
            if (!entry.Bodies.IsEmpty)
            {
                Assert.Equal(entry.Bodies[0].Hash, BlobHash.Of(response.Body));
            }
        }

        await bench.StoreStateIsAsync(StoreHealth.Unreachable);
        Assert.Equal(Some.Home, (await bench.GetAsync("/")).Text);
    }

    [Fact(Timeout = 30_000)]
    public async Task A_blob_that_was_damaged_meanwhile_is_fetched_again()
    {
        await using var bench = await Bench.StartAsync();
        await bench.StopEdgeAsync();
        var (about, style) = (ReplicaPath(bench, "/about"), ReplicaPath(bench, "/style.css"));
        await File.WriteAllTextAsync(about, "cut", TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(style, new string('x', (int)new FileInfo(style).Length), TestContext.Current.CancellationToken);
        bench.Origin.Refuse();

        await bench.StartEdgeAsync();

        Assert.Equal("body { color: black }\n", (await bench.GetAsync("/style.css")).Text);
        await Wait.UntilAsync("the cut page is whole again", async () => (await bench.GetAsync("/about")).Text == Some.Html("about as exported"));
    }

    [Fact(Timeout = 30_000)]
    public async Task A_damaged_blob_is_never_served_when_the_store_is_gone_too()
    {
        await using var bench = await Bench.StartAsync();
        await bench.StopEdgeAsync();
        var style = ReplicaPath(bench, "/style.css");
        await File.WriteAllTextAsync(style, new string('x', (int)new FileInfo(style).Length), TestContext.Current.CancellationToken);
        Directory.Move(bench.StoreDirectory, bench.StoreDirectory + ".away");
        bench.Origin.Refuse();

        await bench.StartEdgeAsync();

        var response = await bench.GetAsync("/style.css");
        Assert.Equal(503, response.Status);
        Assert.Equal("unavailable; reason=body-missing", response.Decision);
        Assert.Equal(Some.Home, (await bench.GetAsync("/")).Text);

        Directory.Move(bench.StoreDirectory + ".away", bench.StoreDirectory);
        await Wait.UntilAsync("the asset is fetched again", async () => (await bench.GetAsync("/style.css")).Text == "body { color: black }\n");
    }

    [Fact(Timeout = 30_000)]
    public async Task A_replica_that_is_broken_for_one_site_costs_the_others_nothing()
    {
        await using var bench = await Bench.StartAsync(("Sites:aaa:Hosts:0", "www.aaa.example"), ("Sites:aaa:Origin", "platform"));
        await bench.StopEdgeAsync();
        var sites = Path.Combine(bench.DataDirectory, "replica", "sites");
        Directory.CreateDirectory(Path.Combine(sites, "aaa", "serving.json"));
        Directory.Move(bench.StoreDirectory, bench.StoreDirectory + ".away");
        bench.Origin.Refuse();

        await bench.StartEdgeAsync();

        Assert.Equal(Some.Home, (await bench.GetAsync("/")).Text);
        Assert.Equal(503, (await bench.SendAsync("GET / HTTP/1.1\r\nHost: www.aaa.example\r\n\r\n")).Status);
    }

    [Theory(Timeout = 30_000)]
    [InlineData("{")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("{\"format\":1}")]
    [InlineData("{\"format\":1,\"store\":\"x\",\"publishHead\":{\"store\":\"x\",\"number\":1,\"hash\":\"x\"},\"publish\":{\"unknown\":1},\"publishSkipped\":false,\"opsHead\":{\"store\":\"x\",\"number\":0,\"hash\":\"x\"},\"ops\":{},\"opsSkipped\":false}")]
    [InlineData("{\"format\":1,\"store\":\"x\",\"publishHead\":null,\"publish\":{},\"publishSkipped\":false,\"opsHead\":null,\"ops\":null,\"opsSkipped\":false}")]
    [InlineData("{\"format\":2,\"store\":5}")]
    public async Task A_broken_state_file_is_as_good_as_none(string json)
    {
        await using var bench = await Bench.StartAsync();
        await bench.StopEdgeAsync();
        await File.WriteAllTextAsync(Path.Combine(bench.DataDirectory, "replica", "state.json"), json, TestContext.Current.CancellationToken);

        await bench.StartEdgeAsync();

        await bench.HasSnapshotAsync(1);
        await bench.StoreStateIsAsync(StoreHealth.Ok);
    }

    [Fact(Timeout = 30_000)]
    public async Task A_new_activation_is_taken_up_after_a_restart()
    {
        await using var bench = await Bench.StartAsync();
        await bench.StopEdgeAsync();
        await bench.Store.PublishAsync(new SnapshotDraft(2).Page("/", Some.Html("second")));

        await bench.StartEdgeAsync();

        await bench.HasSnapshotAsync(2);
        bench.Origin.Refuse();
        Assert.Equal(Some.Html("second"), (await bench.GetAsync("/")).Text);
        Assert.Equal("body { color: black }\n", (await bench.GetAsync("/style.css")).Text);
    }

    [Fact(Timeout = 30_000)]
    public async Task A_404_page_whose_bytes_are_lost_is_an_honest_503()
    {
        await using var bench = await Bench.StartAsync(("Sites:nova:SnapshotMiss", "NotFound"));
        await bench.StopEdgeAsync();
        var hash = Some.Draft().Manifest.NotFound!.Bodies[0].Hash;
        File.Delete(Path.Combine(bench.DataDirectory, "replica", "sites", "nova", "blobs", hash.Text[..2], hash.Text));
        Directory.Move(bench.StoreDirectory, bench.StoreDirectory + ".away");
        bench.Origin.Refuse();

        await bench.StartEdgeAsync();

        var response = await bench.GetAsync("/nothing");
        Assert.Equal(503, response.Status);
        Assert.StartsWith("unavailable; reason=", response.Decision, StringComparison.Ordinal);
    }

    [Fact(Timeout = 30_000)]
    public async Task A_blob_that_the_store_lost_costs_its_page_and_no_other()
    {
        await using var bench = await Bench.PrepareAsync();
        var draft = Some.Draft();
        await bench.Store.PublishAsync(draft);
        var hash = draft.Manifest.Entries.Single(entry => entry.Key == "/about").Bodies[0].Hash;
        File.Delete(bench.Store.PathOf(hash));

        await bench.StartEdgeAsync();
        await bench.HasSnapshotAsync(1);
        bench.Origin.Refuse();
        Assert.Equal(Some.Home, (await bench.GetAsync("/")).Text);
        Assert.Equal(503, (await bench.GetAsync("/about")).Status);
        Assert.Contains("1 bodies are missing", bench.Site.State.SnapshotProblem, StringComparison.Ordinal);
    }

    private static string ReplicaPath(Bench bench, string key)
    {
        var hash = Some.Draft().Manifest.Entries.Single(entry => entry.Key == key).Bodies[0].Hash.Text;
        return Path.Combine(bench.DataDirectory, "replica", "sites", "nova", "blobs", hash[..2], hash);
    }
}

using EdgeHost.SnapshotStore.Operating;

namespace EdgeHost.Tests.FrontDoor;

public sealed class PathRuleTests
{
    [Fact(Timeout = 30_000)]
    public async Task What_is_live_only_is_never_from_a_snapshot()
    {
        await using var bench = await Bench.StartAsync(("Sites:nova:LiveOnly:0", "/about"));
        bench.Origin.Answer = Answers.Status(503);
        var failed = await bench.GetAsync("/about");
        Assert.Equal((503, "live; reason=origin-usable"), (failed.Status, failed.Decision));
        Assert.StartsWith("snapshot; reason=rescue", (await bench.GetAsync("/")).Decision, StringComparison.Ordinal);

        bench.Origin.Refuse();
        await bench.FailAsync();
        var down = await bench.GetAsync("/about");
        Assert.Equal((503, "unavailable; reason=live-only-path"), (down.Status, down.Decision));
        Assert.NotNull(down["Retry-After"]);
    }

    [Fact(Timeout = 30_000)]
    public async Task Who_works_on_the_platform_goes_on_working_while_an_operator_wants_the_snapshot()
    {
        await using var bench = await Bench.StartAsync(("Sites:nova:LiveOnly:0", "/admin"));
        await bench.Store.SetModeAsync(OperatorMode.Snapshot);
        await Wait.UntilAsync("it is in force", async () => (await bench.GetAsync("/")).DecisionKind == "snapshot");

        Assert.Equal("live; reason=origin-usable", (await bench.PostAsync("/admin/login", "x")).Decision);
        Assert.Equal("unavailable; reason=not-readable; scope=site:nova", (await bench.PostAsync("/", "x")).Decision);
    }

    [Fact(Timeout = 30_000)]
    public async Task What_is_snapshot_first_does_not_ask_the_platform_for_what_the_snapshot_holds()
    {
        await using var bench = await Bench.StartAsync(("Sites:nova:SnapshotFirst:0", "/"));

        var held = await bench.GetAsync("/");
        Assert.StartsWith("snapshot; reason=snapshot-first", held.Decision, StringComparison.Ordinal);
        Assert.Equal(Some.Home, held.Text);
        Assert.Empty(bench.Origin.Visits);
        Assert.Equal("live; reason=origin-usable", (await bench.GetAsync("/not-exported")).Decision);
        Assert.Equal("live; reason=origin-usable", (await bench.PostAsync("/", "x")).Decision);
        Assert.Equal("live; reason=export-request", (await bench.GetAsync("/", "EdgeHost-Export: 1")).Decision);
    }

    [Fact(Timeout = 30_000)]
    public async Task What_is_snapshot_first_and_lost_comes_from_the_platform()
    {
        await using var bench = await Bench.StartAsync(("Sites:nova:SnapshotFirst:0", "/"));
        await bench.StopEdgeAsync();
        var hash = Some.Draft().Manifest.Entries.Single(entry => entry.Key == "/style.css").Bodies[0].Hash;
        var path = Path.Combine(bench.DataDirectory, "replica", "sites", "nova", "blobs", hash.Text[..2], hash.Text);
        await File.WriteAllTextAsync(path, new string('x', (int)new FileInfo(path).Length), TestContext.Current.CancellationToken);
        Directory.Move(bench.StoreDirectory, bench.StoreDirectory + ".away");

        await bench.StartEdgeAsync();

        Assert.Equal(("live", "live; reason=origin-usable"), ((await bench.GetAsync("/style.css")).Text, (await bench.GetAsync("/style.css")).Decision));
    }

    [Fact(Timeout = 30_000)]
    public async Task A_site_may_have_a_time_limit_of_its_own()
    {
        await using var bench = await Bench.StartAsync(
            ("Live:ConnectTimeout", "00:00:00.200"), ("Sites:nova:CoveredHeadersTimeout", "00:00:00.300"));
        bench.Origin.Answer = Answers.Silence;

        var response = await bench.GetAsync("/");

        Assert.StartsWith("snapshot; reason=rescue", response.Decision, StringComparison.Ordinal);
        Assert.Equal("EdgeHost; error=http_response_timeout", response["Proxy-Status"]);
    }
}

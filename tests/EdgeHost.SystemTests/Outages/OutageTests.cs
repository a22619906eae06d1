using EdgeHost.SystemTests.Origins;
using EdgeHost.SystemTests.Wikis;

namespace EdgeHost.SystemTests.Outages;

/// <summary>What the product is for: visitors notice nothing of the platform's death that a snapshot can hide.</summary>
public sealed class OutageTests(ExportedWiki exported)
{
    [Fact]
    public async Task Visitors_are_served_while_the_platform_is_killed_and_started_again()
    {
        var cancel = TestContext.Current.CancellationToken;
        await using var bench = await OutageBench.StartAsync(exported, cancel);

        await bench.RunAsync(() => bench.KillWikiAsync(cancel), () => bench.Wiki.UpAsync(cancel), cancel);
    }

    [Fact]
    [Trait("Category", "Long")]
    public async Task Visitors_are_served_while_the_platform_accepts_and_never_answers()
    {
        var cancel = TestContext.Current.CancellationToken;
        await using var bench = await OutageBench.StartAsync(exported, cancel);

        await bench.RunAsync(() => Turn(bench, OriginMode.BlackHole), () => Turn(bench, OriginMode.Pass), cancel);
    }

    [Fact]
    [Trait("Category", "Long")]
    public async Task Visitors_are_served_while_the_platform_answers_503()
    {
        var cancel = TestContext.Current.CancellationToken;
        await using var bench = await OutageBench.StartAsync(exported, cancel);

        await bench.RunAsync(() => Turn(bench, OriginMode.Answer503), () => Turn(bench, OriginMode.Pass), cancel);
    }

    [Fact]
    public async Task Visitors_are_served_without_platform_and_store_and_after_a_restart_of_the_edge()
    {
        var cancel = TestContext.Current.CancellationToken;
        await using var bench = await OutageBench.StartAsync(exported, cancel);
        try
        {
            await bench.Exported.Engine.DownAsync(cancel);
            await bench.RunAsync(() => bench.KillWikiAsync(cancel), () => bench.Wiki.UpAsync(cancel), cancel);

            await bench.KillWikiAsync(cancel);
            await bench.Edge.KillAsync();
            await bench.Edge.StartAgainAsync(cancel);
            await bench.CheckEveryPageAsync(cancel);
            await bench.RunOnSnapshotAsync(TimeSpan.FromSeconds(3), cancel);
            Assert.Equal("unreachable", await bench.Edge.Management.StoreStateAsync(cancel));
        }
        finally
        {
            await bench.Exported.Engine.UpAsync(cancel);
            await bench.Wiki.UpAsync(cancel);
        }

        await bench.Edge.UntilDecidedAsync("live", "/", ExportedWiki.Host, TimeSpan.FromSeconds(15), cancel);
        await Wait.UntilAsync("the store is followed again", TimeSpan.FromSeconds(60), async () => await bench.Edge.Management.StoreStateAsync(cancel) == "ok", cancel);
    }

    [Fact]
    [Trait("Category", "Long")]
    public async Task Visitors_are_served_while_the_platform_is_killed_again_and_again()
    {
        var cancel = TestContext.Current.CancellationToken;
        // Without damping: it is to be broken as often as can be.
        await using var bench = await OutageBench.StartAsync(exported, cancel, config => config.Set("Switching:SnapshotDwell", "00:00:00").Set("Switching:LongestSnapshotDwell", "00:00:01").Set("Origins:platform:Rise", 1));

        await bench.RunLongAsync(TimeSpan.FromSeconds(150), async () =>
        {
            await bench.KillWikiAsync(cancel);
            await bench.Wiki.UpAsync(cancel);
            await bench.Edge.UntilDecidedAsync("live", "/", ExportedWiki.Host, TimeSpan.FromSeconds(15), cancel);
        }, cancel);
    }

    private static Task Turn(OutageBench bench, OriginMode mode)
    {
        bench.Origin.Mode = mode;
        return Task.CompletedTask;
    }
}

using EdgeHost.SystemTests.Edges;
using ManySites;

namespace EdgeHost.SystemTests.Activations;

/// <summary>What tests/benchmarks/many-sites.sh measures with ten thousand sites, here with some hundreds: that it works at all.</summary>
public sealed class ManySitesTests : IAsyncDisposable
{
    private const int Sites = 300;
    private const int Entries = 50;

    // What is promised, and what a machine with two busy cores may add to seeing it.
    private static readonly TimeSpan Promised = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Slack = TimeSpan.FromSeconds(1);

    private readonly Scratch scratch = new();
    private EdgeProcess? edge;

    public async ValueTask DisposeAsync()
    {
        if (edge is not null)
        {
            await edge.DisposeAsync();
        }

        scratch.Dispose();
    }

    [Fact]
    public async Task An_edge_with_many_sites_starts_without_its_store_and_then_follows_it()
    {
        var cancel = TestContext.Current.CancellationToken;
        await StoreFill.SitesAsync(scratch["store"], Sites, Entries, 10);
        var config = new EdgeConfig(scratch["edge"], scratch["store"]).AddOrigin("platform", $"http://127.0.0.1:{Ports.Free()}");
        for (var n = 0; n < Sites; n++)
        {
            config.AddSite(StoreFill.SiteOf(n), "platform");
            config.Set($"Sites:{StoreFill.SiteOf(n)}:Hosts", new System.Text.Json.Nodes.JsonArray(StoreFill.HostOf(n, 0)));
        }

        edge = await EdgeProcess.StartAsync(config, cancel);
        await Wait.UntilAsync("all sites have their snapshots", TimeSpan.FromMinutes(2), async () => await ServedAsync(cancel) == Sites, cancel);
        await edge.StopAsync(cancel);
        Directory.Move(scratch["store"], scratch["away"]);

        await edge.StartAgainAsync(cancel);

        Assert.Equal(Sites, await ServedAsync(cancel));
        for (var n = 0; n < Sites; n++)
        {
            var answer = await edge.GetAsync("/", StoreFill.HostOf(n, 0), cancel);
            Assert.Equal((200, "snapshot"), (answer.Status, answer.DecisionKind));
        }

        Directory.Move(scratch["away"], scratch["store"]);
        await Wait.UntilAsync("the store is followed", TimeSpan.FromSeconds(30), async () => await edge.Management.StoreStateAsync(cancel) == "ok", cancel);
        var (snapshot, _) = await StoreFill.ActivateAsync(scratch["store"], Sites - 1, Entries);
        var took = await Wait.UntilAsync("the activation is seen", TimeSpan.FromMinutes(1), async () => (await edge.GetAsync("/", StoreFill.HostOf(Sites - 1, 0), cancel)).Decision?.Contains(snapshot, StringComparison.Ordinal) == true, cancel);
        Assert.True(took < Promised + Slack, $"an activation was seen after {took}");
    }

    private async Task<int> ServedAsync(CancellationToken cancel) =>
        (await edge!.Management.SitesAsync(cancel)).GetProperty("sites").EnumerateArray().Count(site => site.TryGetProperty("snapshot", out var snapshot) && snapshot.ValueKind == System.Text.Json.JsonValueKind.Object);
}

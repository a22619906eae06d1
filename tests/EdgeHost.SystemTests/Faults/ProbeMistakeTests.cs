using System.Text.Json.Nodes;
using EdgeHost.SystemTests.Faults.Platforms;
using EdgeHost.SystemTests.Faults.Visitors;

namespace EdgeHost.SystemTests.Faults;

/// <summary>Health checks that can't be right, one of each kind: they are said, and turn nothing.</summary>
public sealed class ProbeMistakeTests
{
    private const int ProbeIsWrong = 108;
    private const int ConfigurationRead = 130;

    // Origin or site down, and an origin that relapsed.
    private static readonly int[] Turns = [100, 102, 106];

    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);

    // What is due is not due earlier after a reload, so this is also how long it may take until that shows.
    private static readonly TimeSpan BeforeVisitors = TimeSpan.FromSeconds(3);

    [Fact]
    public Task Wrong_health_checks_turn_nothing_and_are_said_once() => ProbeAsync(intervals: 100);

    [Fact]
    [Trait("Category", "Long")]
    public Task Wrong_health_checks_turn_nothing_for_long_either() => ProbeAsync(intervals: 600);

    private static async Task ProbeAsync(int intervals)
    {
        await using var bench = new SwitchingBench();
        var missing = Add(bench, "missing", "Path", "/missing");
        var loop = Add(bench, "loop", "Path", "/loop", Fault.RedirectLoop);
        bench.Config.Set("Sites:loop:Probe:Statuses", new JsonArray("200"));
        var closed = Add(bench, "closed", "Path", "/private", Fault.Unauthorized);
        var otherName = Add(bench, "other-name", "Host", "health.example", tls: true);
        var neverSaid = Add(bench, "never-said", "Text", "All systems nominal");
        PlatformSite[] sites = [missing, loop, closed, otherName, neverSaid];
        SetInterval(bench, sites, BeforeVisitors);
        await bench.StartAsync();
        await using var load = bench.Visit(sites);
        await Wait.UntilAsync("each site has visitors", () => load.Covered.Sites == sites.Length && load.Covered.Count(VisitKind.Live) > 2 * VisitorLoad.Connections);

        // A failed handshake that no visitor contradicts is an outage like any other: the probes begin when there are visitors.
        SetInterval(bench, sites, Interval);
        bench.Config.Write();
        await bench.Edge.LoggedAsync($"\"Id\":{ConfigurationRead},", TestContext.Current.CancellationToken);
        await Wait.UntilAsync("all are probed", async () => (await bench.SitesAsync()).All(site => site.Probe is not null));
        await Wait.ForAsync(intervals * Interval, TestContext.Current.CancellationToken);
        await load.StopAsync();

        var reported = await bench.SitesAsync();
        foreach (var site in reported)
        {
            SwitchingBench.Say($"| {site.Id} | {site.State} | {site.Probe?.Finding}: {site.Probe?.Received} | said {Said(site.Id)} times |");
        }

        SwitchingBench.Say($"| {load.Covered.Counts()} | longest {load.Covered.Longest.TotalMilliseconds:0} ms | uncovered {load.Uncovered.Counts()} |");
        Assert.Multiple(
            () => Assert.Empty(bench.Events(Turns)),
            () => Assert.Equal(load.Covered.Total, load.Covered.Count(VisitKind.Live)),
            () => Assert.All(reported, site => Assert.Equal(("live", "configuration-error"), (site.State, site.Probe?.Finding))),
            () => Assert.All(sites, site => Assert.Equal(1, Said(site.Id))));

        int Said(string site) => bench.Events(ProbeIsWrong).Count(line => line.Contains($"\"Site\":\"{site}\"", StringComparison.Ordinal));
    }

    private static PlatformSite Add(SwitchingBench bench, string id, string key, string value, Fault fault = Fault.None, bool tls = false)
    {
        var site = new PlatformSite(id);
        var origin = bench.AddOrigin(id, [site], tls);
        bench.Config.Set($"Sites:{id}:Probe:{key}", value);
        if (fault != Fault.None)
        {
            origin.Set(site, value, fault);
        }

        return site;
    }

    private static void SetInterval(SwitchingBench bench, IEnumerable<PlatformSite> sites, TimeSpan interval)
    {
        foreach (var site in sites)
        {
            bench.Config.Set($"Origins:{site.Id}:ProbeInterval", $"{interval:c}");
        }
    }
}

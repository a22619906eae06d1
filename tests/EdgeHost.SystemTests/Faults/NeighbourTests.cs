using System.Globalization;
using EdgeHost.SystemTests.Faults.Platforms;
using EdgeHost.SystemTests.Faults.Visitors;

namespace EdgeHost.SystemTests.Faults;

/// <summary>One customer's broken site is that customer's trouble alone.</summary>
public sealed class NeighbourTests
{
    private const int Sites = 500;

    private static readonly TimeSpan TurnWithin = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Watched = TimeSpan.FromSeconds(5);

    [Fact]
    public async Task One_site_of_500_turns_alone()
    {
        await using var bench = new SwitchingBench();
        PlatformSite[] sites = [.. Enumerable.Range(1, Sites).Select(i => new PlatformSite(string.Create(CultureInfo.InvariantCulture, $"site-{i}"), pages: 3))];
        var (broken, others) = (sites[0], sites[1..]);
        var origin = bench.AddOrigin("platform", sites);
        await bench.StartAsync();
        await using var neighbours = bench.Visit(others);
        await using var load = bench.VisitBeside(broken);
        await Wait.UntilAsync("visitors get the platform", () => neighbours.Covered.Count(VisitKind.Live) > VisitorLoad.Connections && load.Covered.Count(VisitKind.Live) > 0);

        origin.Set(broken, Fault.InternalServerError);
        var turned = await bench.FindTurnAsync([broken], TurnWithin);
        await Wait.ForAsync(Watched, TestContext.Current.CancellationToken);

        await load.StopAsync();
        await neighbours.StopAsync();
        var ill = (await bench.SitesAsync()).Where(site => site is not { State: "live", Health.Phase: "live", Origin.Scope.Phase: "live" }).ToList();
        SwitchingBench.Say($"| 1 of {Sites} sites fails | turned after {turned?.TotalMilliseconds:0} ms | its visitors: {load.Covered.Counts()} | the others' of {neighbours.Covered.Sites} sites: {neighbours.Covered.Counts()} | longest {neighbours.Covered.Longest.TotalMilliseconds:0} ms |");
        load.Covered.AssertNone(VisitKind.Wrong, VisitKind.Unavailable);
        neighbours.Covered.AssertNone(VisitKind.Wrong, VisitKind.Unavailable, VisitKind.Snapshot);
        Assert.Equal([broken.Id], ill.Select(site => site.Id));
    }
}

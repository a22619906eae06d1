using System.Diagnostics;
using EdgeHost.SystemTests.Faults.Platforms;
using EdgeHost.SystemTests.Faults.Visitors;

namespace EdgeHost.SystemTests.Faults;

/// <summary>A platform that comes back gets a growing share of hundreds of visitors, counted where they arrive, and may die again.</summary>
public sealed class ReturnTests
{
    private const int Visitors = 400;
    private const int ReturnRate = 50;

    // It is counted where they arrive, and not where they leave.
    private const int MostPerSecond = ReturnRate * 11 / 10;

    private static readonly TimeSpan DieAgainWithin = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan BackWithin = TimeSpan.FromSeconds(30);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_platform_gets_no_more_than_its_share_and_visitors_no_error_when_it_dies_again()
    {
        await using var bench = new SwitchingBench();
        var site = new PlatformSite("shop");
        var origin = bench.AddOrigin("platform", [site]);
        bench.Config.Set("Origins:platform:ProbeInterval", "00:00:00.200").Set("Origins:platform:Rise", 2).Set("Switching:SnapshotDwell", "00:00:00.500").Set("Switching:RampDwell", "00:00:02").Set("Switching:ReturnRate", ReturnRate);
        await bench.StartAsync();
        await using var load = bench.Visit([site], Visitors);
        await Wait.UntilAsync("visitors get the platform", () => load.Covered.Count(VisitKind.Live) > VisitorLoad.Connections);
        origin.Set(Fault.Refused);
        await bench.UntilSnapshotAsync([site], TimeSpan.FromSeconds(5));

        // It dies again when a quarter of the visitors have it, and then comes back for good.
        origin.Set(Fault.None);
        await Wait.UntilAsync("a quarter of the visitors get the platform", DieAgainWithin, async () => (await bench.SiteAsync(site)).Origin.Scope is { Phase: "recovering", LivePercent: 25 }, Cancel);
        origin.Set(Fault.Refused);
        await bench.UntilSnapshotAsync([site], TimeSpan.FromSeconds(5));
        origin.Set(Fault.None);
        var steps = await FollowRampAsync(bench, site, load);
        await load.StopAsync();

        foreach (var step in steps)
        {
            SwitchingBench.Say($"| {step.Percent} % | {step.Offered:0} visits/s offered | at most {origin.Arrivals.MostPerSecond(step.From, step.To)} in one second at the origin, {MostPerSecond} allowed | {origin.Arrivals.Pages(step.From, step.To)} of {step.Pages} visits to covered pages, {step.MostPages} allowed |");
        }

        SwitchingBench.Say($"| all of it | {load.Covered.Counts()} | longest {load.Covered.Longest.TotalMilliseconds:0} ms | uncovered {load.Uncovered.Counts()} |");
        Assert.Equal([1, 5, 25, 100], steps.Select(step => step.Percent));
        Assert.Multiple(
            () => load.Covered.AssertNone(VisitKind.Wrong, VisitKind.Unavailable, VisitKind.BrokenInBody),
            () => Assert.All(steps, step => Assert.InRange(origin.Arrivals.MostPerSecond(step.From, step.To), 1, MostPerSecond)),
            () => Assert.All(steps, step => Assert.InRange(origin.Arrivals.Pages(step.From, step.To), 1, step.MostPages)));
    }

    // The moment at which a share is seen to have begun is a little late, and that at which the next has begun too: both are left out of it.
    private static async Task<List<RampStep>> FollowRampAsync(SwitchingBench bench, PlatformSite site, VisitorLoad load)
    {
        var steps = new List<RampStep>();
        await Wait.UntilAsync("it is live again", BackWithin, async () =>
        {
            var (now, pages, others) = (Stopwatch.GetTimestamp(), load.Covered.Total, load.Uncovered.Total);
            var health = (await bench.SiteAsync(site)).Origin.Scope;
            if (health.Phase == "recovering" && (steps.Count == 0 || steps[^1].Percent != health.LivePercent))
            {
                steps.Add(new RampStep(health.LivePercent, Stopwatch.GetTimestamp(), pages, others));
            }
            else if (health.Phase == "recovering")
            {
                steps[^1].GoOn(now, pages, others);
            }

            return health.Phase == "live";
        }, Cancel);
        return steps;
    }

    /// <summary>One share of the ramp as it was seen.</summary>
    private sealed class RampStep(int percent, long from, int pagesBefore, int othersBefore)
    {
        private int others;

        public int Percent => percent;

        public long From { get; } = from;

        public long To { get; private set; } = from;

        /// <summary>Visits to what the snapshot holds, wherever they were answered.</summary>
        public int Pages { get; private set; }

        /// <summary>All visits per second, wherever they were answered.</summary>
        public double Offered => (Pages + others) / Math.Max(0.001, Stopwatch.GetElapsedTime(From, To).TotalSeconds);

        /// <summary>The share of what was offered; and as much again and a few, as so few visitors are not chosen evenly, nor come as often.</summary>
        public int MostPages => (2 * Pages * Percent / 100) + 20;

        public void GoOn(long to, int pagesNow, int othersNow) => (To, Pages, others) = (to, pagesNow - pagesBefore, othersNow - othersBefore);
    }
}

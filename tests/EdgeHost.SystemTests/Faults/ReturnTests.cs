using System.Diagnostics;
using EdgeHost.SystemTests.Faults.Platforms;
using EdgeHost.SystemTests.Faults.Visitors;

namespace EdgeHost.SystemTests.Faults;

/// <summary>A platform that comes back gets a growing share of hundreds of visitors, counted where they arrive, and may die again.</summary>
public sealed class ReturnTests
{
    private const int Visitors = 400;
    private const int ReturnRate = 50;

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
            SwitchingBench.Say($"| {step.Percent} % | {step.Offered:0} visits/s offered | at most {origin.Arrivals.MostPerSecond(step.From, step.To)} in one second at the origin | bound {step.Bound:0} |");
        }

        SwitchingBench.Say($"| all of it | {load.Covered.Counts()} | longest {load.Covered.Longest.TotalMilliseconds:0} ms | uncovered {load.Uncovered.Counts()} |");
        Assert.Equal([1, 5, 25, 100], steps.Select(step => step.Percent));
        Assert.Multiple(
            () => load.Covered.AssertNone(VisitKind.Wrong),
            () => load.Covered.AssertNone(VisitKind.Unavailable),
            () => load.Covered.AssertNone(VisitKind.BrokenInBody),
            () => Assert.All(steps, step => Assert.InRange(origin.Arrivals.MostPerSecond(step.From, step.To), 0, step.Bound)));
    }

    // The moment at which a share is seen to have begun is a little late, and that at which the next has begun too: both are left out of it.
    private static async Task<List<RampStep>> FollowRampAsync(SwitchingBench bench, PlatformSite site, VisitorLoad load)
    {
        var steps = new List<RampStep>();
        await Wait.UntilAsync("it is live again", BackWithin, async () =>
        {
            var (now, visits) = (Stopwatch.GetTimestamp(), load.Covered.Total + load.Uncovered.Total);
            var health = (await bench.SiteAsync(site)).Origin.Scope;
            if (health.Phase == "recovering" && (steps.Count == 0 || steps[^1].Percent != health.LivePercent))
            {
                steps.Add(new RampStep(health.LivePercent, Stopwatch.GetTimestamp(), visits));
            }
            else if (health.Phase == "recovering")
            {
                steps[^1].GoOn(now, visits);
            }

            return health.Phase == "live";
        }, Cancel);
        return steps;
    }

    /// <summary>One share of the ramp as it was seen.</summary>
    private sealed class RampStep(int percent, long from, int visitsBefore)
    {
        private int visits;

        public int Percent => percent;

        public long From { get; } = from;

        public long To { get; private set; } = from;

        /// <summary>Visits per second, wherever they were answered.</summary>
        public double Offered => (visits - visitsBefore) / Math.Max(0.001, Stopwatch.GetElapsedTime(From, To).TotalSeconds);

        /// <summary>The share of what was offered, and the cap.</summary>
        public double Bound => (Offered * Percent / 100) + ReturnRate;

        public void GoOn(long to, int visitsNow) => (To, visits) = (to, visitsNow);
    }
}

using System.Diagnostics;
using System.Globalization;
using EdgeHost.SystemTests.Faults.Platforms;
using EdgeHost.SystemTests.Faults.Visitors;

namespace EdgeHost.SystemTests.Faults;

/// <summary>A platform that comes and goes must not take its visitors with it.</summary>
public sealed class FlappingTests
{
    private const int OriginIsDown = 100;
    private const int OriginIsLive = 101;
    private const int SiteIsDown = 102;
    private const int SiteIsLive = 103;

    [Fact]
    public Task Stays_with_the_snapshot_while_the_platform_comes_and_goes() => FlapAsync(TimeSpan.FromSeconds(0.5), TimeSpan.FromSeconds(12), scale: 0.25);

    [Fact]
    [Trait("Category", "Long")]
    public Task Stays_with_the_snapshot_while_the_platform_comes_and_goes_for_minutes() => FlapAsync(TimeSpan.FromSeconds(2), TimeSpan.FromMinutes(2), scale: 1);

    // The defaults are for periods of seconds: what is shorter is held against settings that are as much shorter.
    private static async Task FlapAsync(TimeSpan period, TimeSpan duration, double scale)
    {
        await using var bench = new SwitchingBench();
        var site = new PlatformSite("shop");
        var origin = bench.AddOrigin("platform", [site]);
        bench.Config.Set("Origins:platform:ProbeInterval", Scaled(1)).Set("Switching:SnapshotDwell", Scaled(5)).Set("Switching:RampDwell", Scaled(10)).Set("Switching:LiveDwell", Scaled(1));
        await bench.StartAsync();
        await using var load = bench.Visit([site]);
        await Wait.UntilAsync("visitors get the platform", () => load.Covered.Count(VisitKind.Live) > VisitorLoad.Connections);

        var began = Stopwatch.GetTimestamp();
        for (var flaps = 0; Stopwatch.GetElapsedTime(began) < duration; flaps++)
        {
            origin.Set(flaps % 2 == 0 ? Fault.Refused : Fault.None);
            await Wait.ForAsync(period, TestContext.Current.CancellationToken);
        }

        await load.StopAsync();
        var turns = bench.Events(OriginIsLive, SiteIsLive);
        var health = (await bench.SiteAsync(site)).Origin.Scope;
        SwitchingBench.Say($"| up {period.TotalSeconds:0.0} s, down as long, for {duration.TotalSeconds:0} s | {turns.Count} turns to live | {load.Covered.Counts()} | longest {load.Covered.Longest.TotalMilliseconds:0} ms | flaps {health.Flaps}, now {health.Phase} |{string.Concat(turns.Select(turn => $"\n{turn}"))}");
        load.Covered.AssertNone(VisitKind.Wrong, VisitKind.Unavailable);
        Assert.NotEmpty(bench.Events(OriginIsDown, SiteIsDown));
        Assert.InRange(turns.Count, 0, 1);

        string Scaled(double seconds) => TimeSpan.FromSeconds(seconds * scale).ToString("c", CultureInfo.InvariantCulture);
    }
}

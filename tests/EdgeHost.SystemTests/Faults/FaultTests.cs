using EdgeHost.SystemTests.Faults.Platforms;
using EdgeHost.SystemTests.Faults.Visitors;

namespace EdgeHost.SystemTests.Faults;

/// <summary>Whatever a platform does: who asks for what the snapshot holds gets it, whole and soon.</summary>
public sealed class FaultTests(FaultStage stage) : IClassFixture<FaultStage>
{
    private static readonly TimeSpan LongestWait = FaultStage.CoveredHeadersTimeout + TimeSpan.FromSeconds(0.5);

    // The figures are to be read in the line that it writes. Of a few hundred answers the 99th of a hundred is one of the slowest three, and twice a few milliseconds is the
    // scheduler of a machine with two cores, and not the edge; what waits for the platform takes a second.
    private static readonly TimeSpan LatencyFloor = TimeSpan.FromMilliseconds(20);

    // Of the machine, for others. Beyond that latencies are told and not judged.
    private const double MostStolenPercent = 3;

    private static readonly TimeSpan TurnWithin = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LiveWithin = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Measured = TimeSpan.FromSeconds(1);

    public static TheoryData<Fault> All => FaultKinds.Rows(FaultKinds.OfRequests);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static TheoryData<Fault> Mendable => FaultKinds.Rows(FaultKinds.OfRequests.Where(fault => fault != Fault.NameUnknown));

    [Theory]
    [MemberData(nameof(All))]
    public async Task Visitors_notice_neither_its_beginning_nor_its_end(Fault fault)
    {
        var (bench, site, origin) = (stage.Bench, stage.SiteOf(fault), stage.OriginOf(fault));
        await MendAsync(site, origin);
        await using var load = bench.Visit([site]);
        await using var steady = bench.VisitBeside(stage.Steady);
        await Wait.ForAsync(Measured / 2, Cancel);
        load.Phase = steady.Phase = LoadPhase.Turning;
        var stolen = new StolenTime();
        origin?.Set(fault);
        var turned = fault.MustTurn() ? await bench.FindTurnAsync([site], TurnWithin) : null;
        load.Phase = steady.Phase = turned is null ? LoadPhase.Turning : LoadPhase.Snapshot;
        await Wait.ForAsync(Measured, Cancel);
        var stolenPercent = stolen.Percent;
        load.Phase = steady.Phase = LoadPhase.Returning;
        await MendAsync(site, origin);
        await load.StopAsync();
        await steady.StopAsync();
        SwitchingBench.Say(FaultFigures.Row(fault, turned, load, steady));
        var (p99, steadyP99) = (load.Covered.Latencies(LoadPhase.Snapshot).P99, steady.Covered.Latencies(LoadPhase.Snapshot).P99);
        Assert.Multiple(
            () => load.Covered.AssertNone(VisitKind.Wrong, VisitKind.Unavailable),
            () => Assert.True(fault.BreaksBodies() || load.Covered.Count(VisitKind.BrokenInBody) == 0, "broken in the body"),
            () => Assert.True(fault.AnswersForeign() || load.Covered.Count(VisitKind.Foreign) == 0, "foreign answers"),
            () => Assert.Equal(0, load.Covered.Count(VisitKind.Foreign, LoadPhase.Snapshot)),
            () => Assert.True(turned is not null || !fault.MustTurn(), "it has not turned"),
            () => Assert.True(load.Covered.Longest <= LongestWait, $"a visitor waited for {load.Covered.Longest}"),
            () => Assert.True(
                stolenPercent > MostStolenPercent || p99 <= 2 * (steadyP99 > LatencyFloor ? steadyP99 : LatencyFloor),
                $"p99 of the snapshot's answers is {p99}, and {steadyP99} where nothing else ever answers; the host took {stolenPercent:f1} % of the machine"));
    }

    [Theory]
    [MemberData(nameof(Mendable))]
    public async Task What_changes_something_reaches_it_once_at_most(Fault fault)
    {
        var (bench, site, origin) = (stage.Bench, stage.SiteOf(fault), stage.OriginOf(fault)!);
        await MendAsync(site, origin);
        var changes = new ChangingRequests(bench.Config.PublicPort, site.Host);
        await changes.FillPoolAsync(Cancel);

        origin.Set(fault);
        await changes.SendAsync(Cancel);
        origin.Set(Fault.None);

        SwitchingBench.Say($"| {fault} | {changes.Figures(origin.Arrivals)} |");
        var arrived = changes.Ids.Select(request => origin.Arrivals.Of(request.Method, request.Id)).ToList();
        Assert.All(arrived, times => Assert.InRange(times, 0, 1));
        Assert.True(fault.IsOfConnections() || arrived.Contains(1), "none of them has reached it");
    }

    private async Task MendAsync(PlatformSite site, FaultOrigin? origin)
    {
        if (origin is not null)
        {
            origin.Set(Fault.None);
            await stage.Bench.UntilLiveAsync([site], LiveWithin);
        }
    }
}

using EdgeHost.SystemTests.Faults.Platforms;
using EdgeHost.SystemTests.Faults.Visitors;

namespace EdgeHost.SystemTests.Faults;

/// <summary>A platform that was deleted behind a balancer which lives on: whole answers, quickly, and nothing of the sites in them.</summary>
public sealed class LostContentTests(LostContentStage stage) : IClassFixture<LostContentStage>
{
    private static readonly TimeSpan TurnWithin = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LiveWithin = TimeSpan.FromSeconds(15);

    // The sites of an origin are probed in turn, one each second.
    private static readonly TimeSpan AllSitesProbedTwice = TimeSpan.FromSeconds(12);
    private static readonly TimeSpan Measured = TimeSpan.FromSeconds(1);

    public static TheoryData<Fault> Forms => FaultKinds.Rows(FaultKinds.OfContent);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Forms))]
    public async Task All_sites_turn_when_all_have_lost_their_content(Fault form)
    {
        var (bench, sites, origin) = (stage.Bench, stage.SitesOf(form), stage.OriginOf(form));
        await MendAsync(form);
        await using var load = bench.Visit(sites);
        await Wait.UntilAsync("visitors get the platform", () => load.Covered.Count(VisitKind.Live) > 2 * VisitorLoad.Connections);

        load.Phase = LoadPhase.Turning;
        origin.Set(form);
        var turned = await bench.FindTurnAsync(sites, TurnWithin);
        load.Phase = turned is null ? LoadPhase.Turning : LoadPhase.Snapshot;
        await Wait.ForAsync(Measured, Cancel);
        load.Phase = LoadPhase.Returning;
        await MendAsync(form);

        await load.StopAsync();
        SwitchingBench.Say($"| {form}, all 6 sites | turned after {(turned is { } after ? $"{after.TotalMilliseconds:0} ms" : "-")} | {load.Covered.Counts()} | longest {load.Covered.Longest.TotalMilliseconds:0} ms |");
        Assert.Multiple(
            () => Assert.True(turned is not null, $"not all sites have turned within {TurnWithin.TotalSeconds:0} s"),
            () => Assert.Equal(0, load.Covered.Count(VisitKind.Foreign, LoadPhase.Snapshot)),
            () => load.Covered.AssertNone(VisitKind.Wrong, VisitKind.Unavailable));
    }

    [Fact]
    public async Task One_site_of_six_that_has_lost_its_content_stays_live()
    {
        var bench = stage.Bench;
        PlatformSite[] sites = [.. FaultKinds.OfContent.SelectMany(stage.SitesOf)];
        foreach (var form in FaultKinds.OfContent)
        {
            await MendAsync(form);
        }

        var (turnsBefore, alertsBefore) = (bench.Events(100, 102).Count, bench.Events(111).Count);
        await using var load = bench.Visit(sites);
        await Wait.UntilAsync("visitors get the platform", () => load.Covered.Count(VisitKind.Live) > 2 * sites.Length);
        load.Phase = LoadPhase.Turning;
        foreach (var form in FaultKinds.OfContent)
        {
            stage.OriginOf(form).Set(stage.SitesOf(form)[0], form);
        }

        await Wait.ForAsync(AllSitesProbedTwice, Cancel);
        var told = (await bench.SitesAsync()).Count(site => site.Content is { Lost: true });
        var turned = (await bench.SitesAsync()).Where(site => site.State != "live").Select(site => site.Id).ToList();
        var turns = bench.Events(100, 102).Skip(turnsBefore).ToList();
        await load.StopAsync();

        SwitchingBench.Say($"| each form on 1 of its platform's 6 sites | turned: {(turned.Count == 0 ? "none" : string.Join(", ", turned))} | {load.Covered.Counts()} |{string.Concat(turns.Select(turn => $"\n{turn}"))}");
        Assert.Multiple(
            () => Assert.Equal(FaultKinds.OfContent.Count, told),
            () => Assert.Equal(FaultKinds.OfContent.Count, bench.Events(111).Count - alertsBefore),
            () => Assert.Empty(turned),
            () => Assert.Empty(turns),
            () => load.Covered.AssertNone(VisitKind.Wrong, VisitKind.Unavailable, VisitKind.Snapshot));
    }

    private async Task MendAsync(Fault form)
    {
        stage.OriginOf(form).Set(Fault.None);
        stage.OriginOf(form).Set(stage.SitesOf(form)[0], Fault.None);
        await stage.Bench.UntilLiveAsync(stage.SitesOf(form), LiveWithin);
    }
}

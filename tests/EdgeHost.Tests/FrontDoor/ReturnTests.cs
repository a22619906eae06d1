using EdgeHost.Health;

namespace EdgeHost.Tests.FrontDoor;

/// <summary>From the snapshot back to the platform.</summary>
public sealed class ReturnTests
{
    private static readonly (string, string)[] Probed = [("Origins:platform:ProbeInterval", "00:00:00.050"), ("TrustedProxies:0", "127.0.0.1")];

    [Fact(Timeout = 30_000)]
    public async Task A_share_of_visitors_gets_the_platform_and_each_stays_on_one_side()
    {
        await using var bench = await RecoveringAsync(("Switching:Ramp:0", "25"), ("Switching:ReturnRate", "100000"));

        var first = await VisitAsync(bench, 200);
        var second = await VisitAsync(bench, 200);

        Assert.Equal(first, second);
        Assert.InRange(first.Count(decision => decision == "live"), 25, 80);
        Assert.All(first, decision => Assert.True(decision is "live" or "snapshot"));
    }

    [Fact(Timeout = 30_000)]
    public async Task What_no_snapshot_can_answer_goes_first()
    {
        await using var bench = await RecoveringAsync(("Switching:Ramp:0", "1"), ("Switching:ReturnRate", "100000"));

        for (var i = 0; i < 20; i++)
        {
            Assert.Equal("live; reason=origin-returning", (await bench.PostAsync("/form", "x", $"X-Forwarded-For: 192.0.2.{i}")).Decision);
        }
    }

    [Fact(Timeout = 30_000)]
    public async Task No_more_reach_it_than_the_cap_and_nobody_who_reads_a_covered_page_goes_empty()
    {
        await using var bench = await RecoveringAsync(("Switching:Ramp:0", "100"), ("Switching:ReturnRate", "2"));
        var before = bench.Origin.Visits.Count;
        var began = TimeProvider.System.GetTimestamp();

        var decisions = await VisitAsync(bench, 100);
        var post = await bench.PostAsync("/form", "x");

        var most = 1 + (2 * TimeProvider.System.GetElapsedTime(began).TotalSeconds);
        Assert.InRange(bench.Origin.Visits.Count - before, 0, (int)Math.Ceiling(most));
        Assert.All(decisions, decision => Assert.True(decision is "live" or "snapshot"));
        Assert.True(post.Decision is "live; reason=origin-returning" or "unavailable; reason=origin-down");
    }

    [Theory(Timeout = 30_000)]
    [InlineData("1")]
    [InlineData("100")]
    public async Task What_the_snapshot_has_lost_is_asked_for_within_the_cap_and_else_is_a_503(string percent)
    {
        // Above what is kept in memory, so that its file is what answers.
        await using var bench = await RecoveringAsync(("Switching:Ramp:0", percent), ("Switching:ReturnRate", "1"));
        var film = Some.Draft().Manifest.Entries.Single(entry => entry.Key == "/film.mp4").Bodies[0].Hash;
        File.Delete(bench.Store.PathOf(film));
        File.Delete(Path.Combine(bench.DataDirectory, "replica", "sites", "nova", "blobs", film.Text[..2], film.Text));

        var decisions = new HashSet<string?>();
        for (var i = 0; i < 20; i++)
        {
            decisions.Add((await bench.GetAsync("/film.mp4", $"X-Forwarded-For: 192.0.2.{i}")).Decision);
        }

        Assert.Contains("unavailable; reason=origin-down", decisions);
        Assert.All(decisions, decision => Assert.True(decision is "live; reason=origin-returning" or "unavailable; reason=origin-down", decision));
        Assert.Equal(200, (await bench.GetAsync("/", "X-Forwarded-For: 192.0.2.1")).Status);
    }

    [Fact(Timeout = 30_000)]
    public async Task Dying_again_on_the_way_back_costs_no_visitor_anything()
    {
        await using var bench = await RecoveringAsync(("Switching:Ramp:0", "100"), ("Switching:ReturnRate", "100000"));

        bench.Origin.Refuse();

        foreach (var decision in await VisitAsync(bench, 20))
        {
            Assert.Equal("snapshot", decision);
        }

        await Wait.UntilAsync("it is given up", () => bench.Site.Origin.Health.Current.Phase == HealthPhase.Snapshot);
    }

    [Fact(Timeout = 30_000)]
    public async Task Nobody_waits_on_a_black_hole_to_find_out()
    {
        await using var bench = await Bench.StartAsync([.. Probed, ("Live:CoveredHeadersTimeout", "00:00:00.300"), ("Live:ConnectTimeout", "00:00:00.300"), ("Origins:platform:ProbeTimeout", "00:00:00.100"), ("Origins:platform:Rise", "1000")]);
        bench.Origin.Answer = Answers.Silence;
        await bench.FailAsync();
        var asked = bench.Origin.Visits.Count;

        for (var i = 0; i < 50; i++)
        {
            Assert.StartsWith("snapshot; reason=origin-down", (await bench.GetAsync("/")).Decision, StringComparison.Ordinal);
        }

        Assert.Equal(asked, bench.Origin.Visits.Count);
    }

    [Fact(Timeout = 30_000)]
    public async Task After_a_sign_of_life_a_few_find_out()
    {
        await using var bench = await Bench.StartAsync([.. Probed, ("Origins:platform:Rise", "1000")]);
        bench.Origin.Answer = Answers.Status(503);
        await bench.FailAsync();

        bench.Origin.Answer = Answers.LiveHome;

        await Wait.UntilAsync("one finds out", async () => (await bench.GetAsync("/")).Decision == "live; reason=trickle");
        var decisions = new List<string?>();
        for (var i = 0; i < 20; i++)
        {
            decisions.Add((await bench.GetAsync("/")).DecisionKind);
        }

        Assert.InRange(decisions.Count(kind => kind == "live"), 0, 5);
        // What came through is no sign of recovery enough: probes are counted.
        Assert.Equal(HealthPhase.Snapshot, bench.Site.State.Health.Current.Phase);
    }

    [Fact(Timeout = 30_000)]
    public async Task After_a_sign_of_life_what_no_snapshot_can_answer_is_tried()
    {
        await using var bench = await Bench.StartAsync([.. Probed, ("Origins:platform:Rise", "1000")]);
        bench.Origin.Refuse();
        await bench.FailAsync();
        await Wait.UntilAsync("it is known to be away", async () => (await bench.PostAsync("/form", "x")).Decision == "unavailable; reason=not-readable");

        bench.Origin.Listen();

        await Wait.UntilAsync("a form gets its try", async () => (await bench.PostAsync("/form", "x")).Decision == "live; reason=try-once");
        Assert.Equal("live; reason=try-once", (await bench.GetAsync("/not-exported")).Decision);
        Assert.Contains("\"health\": \"ill\"", await bench.Management.GetStringAsync("/api/v1/sites", TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact(Timeout = 30_000)]
    public async Task A_site_without_a_snapshot_is_live_while_it_returns_by_itself()
    {
        await using var bench = await Bench.PrepareAsync([.. Probed, ("Switching:RampDwell", "01:00:00"), ("Switching:Ramp:0", "1"), ("Switching:ReturnRate", "1")]);
        bench.Origin.Answer = Answers.Status(500);
        await bench.StartEdgeAsync();
        await Wait.UntilAsync("it is ill", () => bench.Site.State.Health.Current.Phase == HealthPhase.Snapshot);
        bench.Origin.Answer = Answers.Text("live");
        await Wait.UntilAsync("it comes back", () => bench.Site.State.Health.Current.Phase == HealthPhase.Recovering);

        for (var i = 0; i < 20; i++)
        {
            Assert.Equal("live; reason=origin-usable", (await bench.GetAsync("/", $"X-Forwarded-For: 192.0.2.{i}")).Decision);
            Assert.Equal("live; reason=origin-usable", (await bench.PostAsync("/form", "x", $"X-Forwarded-For: 192.0.2.{i}")).Decision);
        }
    }

    private static async Task<List<string?>> VisitAsync(Bench bench, int visitors)
    {
        var decisions = new List<string?>();
        for (var i = 0; i < visitors; i++)
        {
            decisions.Add((await bench.GetAsync("/", $"X-Forwarded-For: 192.0.2.{i}")).DecisionKind);
        }

        return decisions;
    }

    private static async Task<Bench> RecoveringAsync(params (string, string)[] changes)
    {
        var bench = await Bench.StartAsync([.. Probed, ("Switching:RampDwell", "01:00:00"), .. changes]);
        bench.Origin.Refuse();
        await bench.FailAsync();
        bench.Origin.Answer = Answers.Text("live");
        bench.Origin.Listen();
        await Wait.UntilAsync("it comes back", () => bench.Site.Origin.Health.Current.Phase == HealthPhase.Recovering);
        return bench;
    }
}

using EdgeHost.Health;
using EdgeHost.Sites;

namespace EdgeHost.Tests.FrontDoor;

/// <summary>What one visitor alone has met is believed when the edge meets it as well.</summary>
public sealed class WitnessTests
{
    private const string Cookie = "Cookie: session=one-that-breaks-the-platform";

    private static readonly (string Key, string Value)[] Witnessed = [("Switching:FallVisitors", "2"), ("Switching:FallPaths", "3"), ("TrustedProxies:0", "127.0.0.1"), ("Switching:SuspectWindow", "00:00:10")];

    [Fact(Timeout = 30_000)]
    public async Task One_visitor_who_makes_pages_fail_turns_nothing()
    {
        await using var bench = await Bench.StartAsync(Witnessed);
        bench.Origin.Answer = async exchange => await (exchange.Request["Cookie"] is null ? Answers.Html("live") : Answers.Status(500))(exchange);

        for (var i = 0; i < 10; i++)
        {
            foreach (var path in (string[])["/", "/about", "/a%2Fb", "/search?q=a"])
            {
                Assert.StartsWith("snapshot; reason=rescue;", (await bench.GetAsync(path, Cookie, "X-Forwarded-For: 203.0.113.66")).Decision, StringComparison.Ordinal);
            }
        }

        await Wait.UntilAsync("the edge has looked itself", () => bench.Origin.Requests.Any(request => request.IsProbe));
        Assert.NotEqual(HealthPhase.Snapshot, bench.Site.State.Health.Current.Phase);
        Assert.Equal("live; reason=origin-usable", (await bench.GetAsync("/", "X-Forwarded-For: 198.51.100.7")).Decision);
    }

    [Fact(Timeout = 30_000)]
    public async Task A_site_that_fails_for_everybody_turns_though_only_one_visitor_comes()
    {
        await using var bench = await Bench.StartAsync(Witnessed);
        bench.Origin.Answer = Answers.Status(500);

        await Wait.UntilAsync("it turns", async () =>
        {
            foreach (var path in (string[])["/about", "/a%2Fb", "/search?q=a"])
            {
                await bench.GetAsync(path, "X-Forwarded-For: 203.0.113.66");
            }

            return bench.Site.State.Health.Current.Phase == HealthPhase.Snapshot;
        });
    }

    [Fact(Timeout = 30_000)]
    public async Task Two_visitors_are_enough()
    {
        await using var bench = await Bench.StartAsync(Witnessed);
        // The edge has asked for the pages itself, and has no answer yet.
        bench.Origin.Answer = exchange => exchange.Request.IsProbe ? Answers.Silence(exchange) : Answers.Status(500)(exchange);

        await Wait.UntilAsync("it turns", async () =>
        {
            foreach (var (path, visitor) in ((string, int)[])[("/about", 1), ("/a%2Fb", 2), ("/search?q=a", 1)])
            {
                await bench.GetAsync(path, $"X-Forwarded-For: 203.0.113.{visitor}");
            }

            return bench.Site.State.Health.Current.Phase == HealthPhase.Snapshot;
        });
    }

    [Fact(Timeout = 30_000)]
    public async Task One_person_with_two_networks_is_not_believed_where_the_edge_finds_all_well()
    {
        await using var bench = await Bench.StartAsync(Witnessed);
        bench.Origin.Answer = async exchange => await (exchange.Request["Cookie"] is null ? Answers.Html("live") : Answers.Status(500))(exchange);

        foreach (var path in (string[])["/about", "/a%2Fb", "/search?q=a", "/", "/about"])
        {
            var looks = Looks(bench, path);
            foreach (var network in (string[])["203.0.113.66", "2001:db8:6:6::6"])
            {
                Assert.StartsWith("snapshot; reason=rescue;", (await bench.GetAsync(path, Cookie, $"X-Forwarded-For: {network}")).Decision, StringComparison.Ordinal);
            }

            await Wait.UntilAsync("the edge has looked itself", () => Looks(bench, path) > looks);
        }

        Assert.NotEqual(HealthPhase.Snapshot, bench.Site.State.Health.Current.Phase);
        Assert.DoesNotContain(bench.Log.Events, entry => entry.Id == 102);

        static int Looks(Bench bench, string path) => bench.Origin.Requests.Count(request => request.IsProbe && request.Target == path);
    }

    [Fact(Timeout = 30_000)]
    public async Task A_health_page_that_fails_by_itself_takes_no_site_away_that_nobody_visits()
    {
        await using var bench = await Bench.StartAsync(("Origins:platform:ProbeInterval", "00:00:00.100"), ("Origins:platform:Fall", "5"), ("Sites:nova:Probe:Path", "/health"));
        bench.Origin.Answer = Answers.Text(Some.Home, type: "text/html");
        await Wait.UntilAsync("its probe has passed", () => bench.Site.State.Probe is { HasPassed: true });
        bench.Origin.Answer = async exchange => await (exchange.Request.Target == "/health" ? Answers.Status(500) : Answers.Text(Some.Home, type: "text/html"))(exchange);

        await Wait.UntilAsync("it is known for what it is", () => bench.Site.State.Probe!.Finding == ProbeFinding.ConfigurationError);
        await Wait.UntilAsync("it is live", () => bench.Site.State.Health.Current.Phase == HealthPhase.Live);
        Assert.Empty(bench.Origin.Visits);
        Assert.DoesNotContain(bench.Log.Events, entry => entry.Id == 102);
    }

    [Fact(Timeout = 30_000)]
    public async Task Who_reads_slowly_holds_no_place()
    {
        await using var bench = await Bench.StartAsync(("Live:MaxTries", "1"));
        bench.Origin.Answer = Answers.Status(503);
        await bench.FailAsync();
        bench.Origin.Answer = Answers.Text(new string('x', 20_000_000));

        using var slow = await RawConnection.OpenAsync(bench.Port, TestContext.Current.CancellationToken);
        await slow.SendAsync(Bench.Request("GET", "/not-exported"), TestContext.Current.CancellationToken);
        await Wait.UntilAsync("it is answered", () => bench.Origin.Visits.Any(visit => visit.Target == "/not-exported"));

        // It has read nothing, and the only place is free again.
        bench.Origin.Answer = Answers.Text("short");
        await Wait.UntilAsync("another gets it", async () => (await bench.GetAsync("/not-exported-either")).Text == "short");
    }
}

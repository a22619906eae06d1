using System.Net.Http.Json;
using System.Text.Json;
using EdgeHost.Health;

namespace EdgeHost.Tests.FrontDoor;

public sealed class ProbeTests
{
    private static readonly (string, string) Often = ("Origins:platform:ProbeInterval", "00:00:00.050");

    /// <summary>What is wrong with it, and what is set to make it so.</summary>
    public static TheoryData<string> WrongProbes => ["404", "401", "500", "redirect loop", "no such text", "no such header", "hangs"];

    [Theory(Timeout = 60_000)]
    [MemberData(nameof(WrongProbes))]
    public async Task A_probe_that_can_not_be_right_is_reported_and_turns_nothing(string wrong)
    {
        (string, string)[] settings = wrong switch
        {
            "no such text" => [("Sites:nova:Probe:Text", "never there")],
            "no such header" => [("Sites:nova:Probe:Header", "X-Health: ok")],
            "redirect loop" => [("Sites:nova:Probe:Path", "/health"), ("Sites:nova:Probe:Statuses:0", "200")],
            // The others are answered: a machine that stands still for a moment must not make a timeout of it.
            "hangs" => [("Sites:nova:Probe:Path", "/health"), ("Origins:platform:ProbeTimeout", "00:00:00.100")],
            _ => [("Sites:nova:Probe:Path", "/health")],
        };
        await using var bench = await Bench.StartAsync([Often, .. settings]);
        bench.Origin.Answer = exchange => (exchange.Request.IsProbe, wrong) switch
        {
            (false, _) or (_, "no such text" or "no such header") => Answers.Text("live")(exchange),
            (_, "redirect loop") => Answers.Text("", 302, "Location: /health\r\n")(exchange),
            (_, "hangs") => Answers.Silence(exchange),
            _ => Answers.Status(int.Parse(wrong, System.Globalization.CultureInfo.InvariantCulture))(exchange),
        };

        // Good traffic while it is probed thirty times over.
        while (bench.Origin.Requests.Count(request => request.IsProbe) < 30)
        {
            Assert.Equal("live; reason=origin-usable", (await bench.GetAsync("/")).Decision);
        }

        Assert.DoesNotContain(bench.Log.Events, entry => entry.Id is 100 or 102);
        Assert.Single(bench.Log.Events, entry => entry.Id == 108);
        var probe = await ProbeAsync(bench);
        Assert.Equal("configuration-error", probe.GetProperty("finding").GetString());
        Assert.StartsWith($"GET {(wrong.StartsWith("no such", StringComparison.Ordinal) ? "/" : "/health")} (Host: www.nova.example), expecting 200", probe.GetProperty("sent").GetString(), StringComparison.Ordinal);
        Assert.Contains(wrong switch { "hangs" => "headers-timeout", "redirect loop" => "302, Location: /health", "no such text" => "without the text", "no such header" => "without the header", _ => wrong }, probe.GetProperty("received").GetString(), StringComparison.Ordinal);
    }

    [Fact(Timeout = 30_000)]
    public async Task An_error_page_with_status_200_is_down_where_the_text_was_there_before()
    {
        await using var bench = await Bench.StartAsync(Often, ("Sites:nova:Probe:Text", "Nova"), ("Origins:platform:Rise", "1000"));
        bench.Origin.Answer = Answers.Text("Welcome to Nova");
        await Wait.UntilAsync("it has passed", async () => (await ProbeAsync(bench)) is { ValueKind: JsonValueKind.Object } probe && probe.GetProperty("finding").GetString() == "passed");

        bench.Origin.Answer = Answers.Text("Database error");

        await Wait.UntilAsync("it is turned", () => bench.Site.State.Health.Current.Phase == HealthPhase.Snapshot);
        Assert.Equal(OriginFailure.UnexpectedContent, bench.Site.State.Health.Current.Cause);
        Assert.StartsWith("snapshot; reason=origin-down", (await bench.GetAsync("/")).Decision, StringComparison.Ordinal);
    }

    [Fact(Timeout = 30_000)]
    public async Task With_a_wrong_probe_a_site_still_finds_its_way_back()
    {
        await using var bench = await Bench.StartAsync(Often, ("Sites:nova:Probe:Text", "never there"), ("Origins:platform:Rise", "2"));
        bench.Origin.Answer = Answers.Status(503);
        await bench.FailAsync();
        await Wait.UntilAsync("it is turned", () => bench.Site.State.Health.Current.Phase == HealthPhase.Snapshot);

        bench.Origin.Answer = Answers.Text("live");

        await Wait.UntilAsync("visitors' own requests bring it back", async () => (await bench.GetAsync("/")).Decision == "live; reason=origin-usable");
    }

    [Fact(Timeout = 30_000)]
    public async Task A_health_page_that_was_removed_while_nobody_visited_does_not_keep_its_site_away()
    {
        await using var bench = await Bench.StartAsync(Often, ("Sites:nova:Probe:Path", "/health"), ("Origins:platform:Rise", "2"));
        await Wait.UntilAsync("it has passed", async () => (await ProbeAsync(bench)) is { ValueKind: JsonValueKind.Object } probe && probe.GetProperty("finding").GetString() == "passed");

        bench.Origin.Answer = exchange => (exchange.Request.Target == "/health" ? Answers.Status(404) : Answers.LiveHome)(exchange);

        // The edge's own request for the home page tells, whether that comes before the site has turned or after.
        await Wait.UntilAsync("it is known for what it is", async () => (await ProbeAsync(bench)).GetProperty("finding").GetString() == "configuration-error");
        await Wait.UntilAsync("the site is live", () => bench.Site.State.Health.Current.Phase == HealthPhase.Live);
        Assert.Empty(bench.Origin.Visits);
        Assert.Equal("live; reason=origin-usable", (await bench.GetAsync("/")).Decision);
    }

    private static async Task<JsonElement> ProbeAsync(Bench bench)
    {
        var sites = await bench.Management.GetFromJsonAsync<JsonElement>("/api/v1/sites", TestContext.Current.CancellationToken);
        return sites.GetProperty("sites")[0].TryGetProperty("probe", out var probe) ? probe : default;
    }
}

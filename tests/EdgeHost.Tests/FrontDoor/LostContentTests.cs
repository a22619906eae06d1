using System.Text;
using EdgeHost.Evidence;
using EdgeHost.Health;
using EdgeHost.Sites;
using EdgeHost.SnapshotStore.Blobs;
using EdgeHost.SnapshotStore.Sites;
using Microsoft.Extensions.DependencyInjection;

namespace EdgeHost.Tests.FrontDoor;

/// <summary>A platform that was deleted behind a balancer that survives: somebody answers, and not with the site.</summary>
public sealed class LostContentTests
{
    private static readonly string[] Paths = ["/", "/about", "/models", "/models/anna", "/models/ben", "/contact"];

    public static TheoryData<string> Forms => ["404", "403", "parking", "default", "text", "login-elsewhere", "login-here"];

    [Theory(Timeout = 30_000)]
    [MemberData(nameof(Forms))]
    public async Task A_lone_site_that_is_gone_in_any_form_is_answered_from_its_snapshot(string form)
    {
        await using var bench = await StartAsync(("Switching:FallVisitors", "2"));
        bench.Origin.Answer = Lose(form);

        foreach (var path in Paths.Skip(1))
        {
            await bench.GetAsync(path);
        }

        // The home page and the second witness are the edge's own to find.
        await Wait.UntilAsync("its content is known to be lost", () => bench.Site.Origin.Health.Current is { Phase: HealthPhase.Snapshot, Cause: OriginFailure.ContentLost });
        foreach (var path in Paths)
        {
            var answer = await bench.GetAsync(path);
            Assert.StartsWith("snapshot; reason=origin-down;", answer.Decision, StringComparison.Ordinal);
            Assert.Equal(Page(path), answer.Text);
        }
    }

    [Theory(Timeout = 30_000)]
    [MemberData(nameof(Forms))]
    public async Task On_one_site_of_several_it_is_an_alert_and_nothing_else(string form)
    {
        await using var bench = await StartAsync(("Sites:mira:Hosts:0", "www.mira.example"), ("Sites:mira:Origin", "platform"), ("Origins:platform:ProbeInterval", "00:00:00.050"));
        await Wait.UntilAsync("its probe has passed", () => bench.Site.State.Probe is { HasPassed: true });
        HasSnapshotToo(bench, "mira");
        bench.Origin.Answer = async exchange => await (exchange.Request["Host"] == Some.Host ? Lose(form) : Live)(exchange);

        foreach (var path in Paths.Concat(Paths))
        {
            Assert.Equal("live; reason=origin-usable", (await bench.GetAsync(path)).Decision);
        }

        await Wait.UntilAsync("it is said", () => bench.Site.State.Content.Current.IsLost);
        await Wait.UntilAsync("it has been probed for long", () => bench.Origin.Requests.Count(request => request.IsProbe) > 40);
        Assert.Equal("live; reason=origin-usable", (await bench.GetAsync("/about")).Decision);
        Assert.Single(bench.Log.Events, entry => entry.Id == 111);
        Assert.Contains("\nwarning: nova has lost its content since ", (await CommandLine.RunAsync(bench, "status")).Error, StringComparison.Ordinal);

        bench.Origin.Answer = Live;
        foreach (var path in Paths)
        {
            await bench.GetAsync(path);
        }

        await Wait.UntilAsync("that it is back is said", () => bench.Log.Events.Any(entry => entry.Id == 112));
    }

    [Theory(Timeout = 30_000)]
    [InlineData("/")]
    [InlineData("/health")] // not in the snapshot, and answered as ever
    public async Task It_returns_when_its_content_does_and_not_before(string probe)
    {
        await using var bench = await StartAsync(("Sites:nova:Probe:Path", probe), ("Origins:platform:ProbeInterval", "00:00:00.050"));
        await Wait.UntilAsync("its probe has passed", () => bench.Site.State.Probe is { HasPassed: true });
        bench.Origin.Answer = async exchange => await (exchange.Request.Target == "/health" ? Live : Lose("parking"))(exchange);
        foreach (var path in Paths)
        {
            await bench.GetAsync(path);
        }

        await Wait.UntilAsync("its content is known to be lost", () => bench.Site.Origin.Health.Current.Phase == HealthPhase.Snapshot);
        var probes = bench.Origin.Requests.Count(request => request.IsProbe);
        await Wait.UntilAsync("it has been probed for long", () => bench.Origin.Requests.Count(request => request.IsProbe) > probes + 30);
        Assert.Equal(HealthPhase.Snapshot, bench.Site.Origin.Health.Current.Phase);

        bench.Origin.Answer = Live;
        await Wait.UntilAsync("everybody gets it again", async () => await bench.GetAsync("/") is { Decision: "live; reason=origin-usable" });
    }

    [Theory(Timeout = 30_000)]
    [InlineData("404")]
    [InlineData("parking")]
    [InlineData("text")]
    public async Task A_site_that_comes_back_as_another_stays_away(string form)
    {
        await using var bench = await StartAsync(("Origins:platform:ProbeInterval", "00:00:00.050"));
        bench.Origin.Answer = Answers.Status(503);
        await bench.FailAsync();

        bench.Origin.Answer = Lose(form);
        var probes = bench.Origin.Requests.Count(request => request.IsProbe);
        await Wait.UntilAsync("it has been probed for long", () => bench.Origin.Requests.Count(request => request.IsProbe) > probes + 30);
        Assert.Equal(Page("/"), (await bench.GetAsync("/")).Text);

        bench.Origin.Answer = Live;
        await Wait.UntilAsync("everybody gets it again", async () => await bench.GetAsync("/") is { Decision: "live; reason=origin-usable" });
    }

    [Theory(Timeout = 30_000)]
    [InlineData("Welcome", 300)]
    [InlineData("Ab", 200_000)]
    public async Task A_home_page_unlike_the_others_returns_as_it_was(string title, int length)
    {
        var home = $"<!DOCTYPE html><html><head><title>{title}</title></head><body>{new string('x', length)}</body></html>";
        await using var bench = await Bench.PrepareAsync(("Origins:platform:ProbeInterval", "00:00:00.050"));
        bench.Origin.Answer = Answers.Status(503);
        await bench.Store.PublishAsync(Paths.Skip(1).Aggregate(new SnapshotDraft(1).Page("/", home), (draft, path) => draft.Page(path, Page(path))));
        await bench.StartEdgeAsync();
        await bench.HasSnapshotAsync(1);
        await bench.FailAsync();

        var coded = SnapshotDraft.Encode(ContentCoding.Gzip, Encoding.UTF8.GetBytes(home));
        bench.Origin.Answer = async exchange =>
        {
            await exchange.SendAsync($"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: gzip\r\nContent-Length: {coded.Length}\r\n\r\n");
            await exchange.SendAsync(Encoding.Latin1.GetString(coded));
        };

        await Wait.UntilAsync("everybody gets it again", async () => await bench.GetAsync("/") is { Decision: "live; reason=origin-usable" });
    }

    [Theory(Timeout = 30_000)]
    [InlineData("text/html;charset=utf-8")]
    [InlineData("Text/HTML; Charset=\"UTF-8\"")]
    public async Task What_a_page_says_that_it_is_passes_as_it_came(string type)
    {
        await using var bench = await StartAsync();
        bench.Origin.Answer = exchange => Answers.Text(Page(exchange.Request.Target), type: type)(exchange);

        foreach (var path in Paths)
        {
            Assert.Equal(type, (await bench.GetAsync(path))["Content-Type"]);
        }

        Assert.Equal(0, bench.Site.State.Content.Current.LostPaths);
    }

    [Fact(Timeout = 30_000)]
    public async Task What_fails_besides_does_not_hide_that_the_content_is_what_must_come_back()
    {
        await using var bench = await StartAsync(("Sites:nova:Probe:Path", "/health"), ("Origins:platform:ProbeInterval", "00:00:00.050"));
        await GoneAsync(bench);
        bench.Origin.Answer = Answers.Status(503);
        await Wait.UntilAsync("the failure is seen", () => bench.Site.Origin.Health.Current.LastFailure == OriginFailure.GatewayError);

        bench.Origin.Answer = async exchange => await (exchange.Request.Target == "/health" ? Live : Lose("parking"))(exchange);
        var probes = bench.Origin.Requests.Count(request => request.IsProbe);
        await Wait.UntilAsync("it has been probed for long", () => bench.Origin.Requests.Count(request => request.IsProbe) > probes + 30);

        Assert.Equal((HealthPhase.Snapshot, OriginFailure.ContentLost), (bench.Site.Origin.Health.Current.Phase, bench.Site.Origin.Health.Current.TurnedBy));
    }

    [Fact(Timeout = 30_000)]
    public async Task One_visitors_failure_does_not_end_the_return()
    {
        await using var bench = await StartAsync(("Origins:platform:ProbeInterval", "00:00:00.050"), ("Switching:RampDwell", "01:00:00"), ("Switching:Ramp:0", "100"), ("Switching:FallPaths", "3"));
        await GoneAsync(bench);
        bench.Origin.Answer = async exchange => await (exchange.Request["Cookie"] is null ? Live : Answers.Status(500))(exchange);
        await Wait.UntilAsync("it comes back", () => bench.Site.Origin.Health.Current.Phase == HealthPhase.Recovering);

        Assert.StartsWith("snapshot; reason=rescue;", (await bench.GetAsync("/about", "Cookie: session=one-that-breaks-the-platform")).Decision, StringComparison.Ordinal);

        Assert.Equal(HealthPhase.Recovering, bench.Site.Origin.Health.Current.Phase);
    }

    [Theory(Timeout = 30_000)]
    [InlineData("blocked")]
    [InlineData("head")]
    [InlineData("data")]
    public async Task What_the_edge_does_not_meet_itself_turns_nothing(string what)
    {
        await using var bench = await StartAsync(("Switching:FallVisitors", "2"), ("TrustedProxies:0", "127.0.0.1"));
        bench.Origin.Answer = async exchange => await (exchange.Request["X-Forwarded-For"] is null ? Live : what switch
        {
            "blocked" => Answers.Status(403),
            "head" => Answers.Status(404),
            _ => Answers.Text("{}", type: "application/json"),
        })(exchange);

        for (var i = 0; i < 4; i++)
        {
            foreach (var path in Paths.Reverse())
            {
                string[] headers = [$"X-Forwarded-For: 203.0.{i % 2}.66", "Accept: application/json, */*"];
                _ = what == "head" ? await bench.HeadAsync(path, headers) : await bench.GetAsync(path, headers);
            }
        }

        await Wait.UntilAsync("the edge has looked itself", () => what == "head" || bench.Origin.Requests.Count(request => request.IsProbe) >= 4);
        Assert.False(bench.Site.State.Content.Current.IsLost);
        Assert.Equal(HealthPhase.Live, bench.Site.Origin.Health.Current.Phase);
    }

    [Theory(Timeout = 30_000)]
    [InlineData("www.nova.example.", 404)]
    [InlineData("www.nova.example:8443", 404)]
    [InlineData("www.nova.example:8443", 502)]
    public async Task A_host_of_a_visitors_choice_turns_nothing(string host, int status)
    {
        await using var bench = await StartAsync(("Switching:FallVisitors", "2"), ("Switching:FallPaths", "3"));
        bench.Origin.Answer = async exchange => await (exchange.Request["Host"] == Some.Host ? Live : Answers.Status(status))(exchange);

        for (var i = 0; i < 3; i++)
        {
            foreach (var path in Paths.Reverse())
            {
                await bench.SendAsync($"GET {path} HTTP/1.1\r\nHost: {host}\r\n\r\n");
            }
        }

        await Wait.UntilAsync("the edge has looked itself", () => bench.Origin.Requests.Any(request => request.IsProbe));
        Assert.All(bench.Origin.Requests.Where(request => request.IsProbe), request => Assert.Equal(Some.Host, request["Host"]));
        Assert.False(bench.Site.State.Content.Current.IsLost);
        Assert.Equal("live; reason=origin-usable", (await bench.GetAsync("/")).Decision);
    }

    [Fact(Timeout = 30_000)]
    public async Task A_host_whose_redirects_have_survived_hides_nothing_and_says_nothing_anew()
    {
        await using var bench = await Bench.PrepareAsync(("Sites:nova:Hosts:1", "nova.example"), ("Sites:mira:Hosts:0", "www.mira.example"), ("Sites:mira:Origin", "platform"));
        bench.Origin.Answer = async exchange => await (exchange.Request["Host"] == "nova.example" ? Answers.Text("", 301, $"Location: http://www.nova.example{exchange.Request.Target}\r\n") : Lose("parking"))(exchange);
        await bench.Store.PublishAsync(Paths.Aggregate(new SnapshotDraft(1), (draft, path) => draft.Page(path, Page(path))).RedirectedHost("nova.example", "http://www.nova.example"));
        await bench.StartEdgeAsync();
        await bench.HasSnapshotAsync(1);
        HasSnapshotToo(bench, "mira");

        await Wait.UntilAsync("its content is known to be lost", async () =>
        {
            foreach (var path in Paths)
            {
                await bench.SendAsync($"GET {path} HTTP/1.1\r\nHost: nova.example\r\n\r\n");
                await bench.SendAsync($"GET /{Guid.NewGuid()} HTTP/1.1\r\nHost: nova.example\r\n\r\n");
                await bench.GetAsync(path);
            }

            return bench.Site.State.Content.Current.IsLost;
        });
        for (var i = 0; i < 20; i++)
        {
            await bench.SendAsync("GET / HTTP/1.1\r\nHost: nova.example\r\n\r\n");
            await bench.GetAsync("/");
        }

        Assert.Single(bench.Log.Events, entry => entry.Id is 111 or 112);
    }

    [Fact(Timeout = 30_000)]
    public async Task A_page_that_is_gone_is_an_honest_404()
    {
        await using var bench = await StartAsync();
        bench.Origin.Answer = async exchange => await (exchange.Request.Target is "/contact" or "/models/ben" ? Answers.Status(404) : Live)(exchange);

        for (var i = 0; i < 5; i++)
        {
            foreach (var path in Paths)
            {
                Assert.Equal(path is "/contact" or "/models/ben" ? 404 : 200, (await bench.GetAsync(path)).Status);
            }
        }

        Assert.Equal(HealthPhase.Live, bench.Site.Origin.Health.Current.Phase);
        Assert.False(bench.Site.State.Content.Current.IsLost);
    }

    [Fact(Timeout = 30_000)]
    public async Task A_site_in_a_new_dress_is_still_the_site()
    {
        await using var bench = await StartAsync();
        bench.Origin.Answer = Answers.Text($"<!DOCTYPE html><html><head><title>Spring collection | Nova Talents</title></head><body>{new string('x', 50_000)}</body></html>", type: "text/html");

        foreach (var path in Paths.Concat(Paths))
        {
            await bench.GetAsync(path);
        }

        var site = bench.Site;
        var watch = bench.Services.GetRequiredService<ContentWatch>().For(site, site.State.Snapshot!.Home, visitor: HealthEvidence.Ourselves)!;
        await PageCheck.SendAsync(site, site.State.Snapshot.Home, watch, "edgehost", TestContext.Current.CancellationToken, TestContext.Current.CancellationToken);
        Assert.Equal(ContentKind.Kept, watch.Found);
        Assert.Equal(0, site.State.Content.Current.LostPaths);
    }

    [Theory(Timeout = 30_000)]
    [InlineData("X-Inertia: true")]
    [InlineData("Accept: application/json")]
    [InlineData("Sec-Fetch-Dest: empty")]
    public async Task What_scripts_ask_for_is_no_page(string header)
    {
        await using var bench = await StartAsync();
        bench.Origin.Answer = async exchange => await (exchange.Request[header.Split(':')[0]] is null ? Live : Answers.Text("{}", type: "application/json"))(exchange);

        foreach (var path in Paths.Concat(Paths))
        {
            Assert.Equal("{}", (await bench.GetAsync(path, header)).Text);
        }

        Assert.Equal(0, bench.Site.State.Content.Current.LostPaths);
    }

    [Fact(Timeout = 30_000)]
    public async Task What_one_blocked_visitor_meets_says_nothing()
    {
        await using var bench = await StartAsync(("Switching:FallVisitors", "2"), ("TrustedProxies:0", "127.0.0.1"));
        bench.Origin.Answer = async exchange => await (exchange.Request["X-Forwarded-For"]?.StartsWith("203.0.113.66", StringComparison.Ordinal) == true ? Answers.Status(403) : Live)(exchange);

        for (var i = 0; i < 3; i++)
        {
            foreach (var path in Paths)
            {
                Assert.Equal(403, (await bench.GetAsync(path, "X-Forwarded-For: 203.0.113.66")).Status);
            }
        }

        await Wait.UntilAsync("the edge has looked itself", () => bench.Origin.Requests.Any(request => request.IsProbe));
        Assert.False(bench.Site.State.Content.Current.IsLost);
        Assert.Equal(HealthPhase.Live, bench.Site.Origin.Health.Current.Phase);
    }

    private static void HasSnapshotToo(Bench bench, string site) => bench.Services.GetRequiredService<SiteTableState>().Current.Find(SiteId.Parse(site))!.State.Snapshot = Some.Snapshot(Some.Manifest(1));

    private static async Task GoneAsync(Bench bench)
    {
        bench.Origin.Answer = async exchange => await (exchange.Request.Target == "/health" ? Live : Lose("parking"))(exchange);
        foreach (var path in Paths)
        {
            await bench.GetAsync(path);
        }

        await Wait.UntilAsync("its content is known to be lost", () => bench.Site.Origin.Health.Current is { Phase: HealthPhase.Snapshot, Cause: OriginFailure.ContentLost });
    }

    private static async Task<Bench> StartAsync(params (string Key, string Value)[] changes)
    {
        var bench = await Bench.PrepareAsync(changes);
        bench.Origin.Answer = Live;
        await bench.Store.PublishAsync(Paths.Aggregate(new SnapshotDraft(1), (draft, path) => draft.Page(path, Page(path))));
        await bench.StartEdgeAsync();
        await bench.HasSnapshotAsync(1);
        return bench;
    }

    private static string Page(string path) => $"<!DOCTYPE html>\n<html><head><title>{(path == "/" ? "Welcome" : path[(path.LastIndexOf('/') + 1)..])} – Nova Talents</title></head><body>{path} of the agency</body></html>\n";

    private static Task Live(OriginExchange exchange) => Answers.Text(Page(exchange.Request.Target).Replace("–", "-", StringComparison.Ordinal), type: "text/html")(exchange);

    private static Func<OriginExchange, Task> Lose(string form) => form switch
    {
        "404" => Answers.Text("<html><head><title>Not found</title></head></html>", 404, type: "text/html"),
        "403" => Answers.Text("Forbidden", 403),
        "parking" => Answers.Text($"<html><head><title>This domain is for sale</title><link rel=stylesheet href=/park.css></head><body>{new string('p', 20_000)}</body></html>", type: "text/html"),
        "default" => Answers.Text("<html><head><title>Welcome to nginx!</title></head><body>If you see this page, the web server is installed.</body></html>", type: "text/html"),
        "text" => Answers.Text("default backend"),
        "login-elsewhere" => Answers.Text("", 302, "Location: https://id.balancer.example/login?for=www.nova.example\r\n"),
        "login-here" => exchange => Answers.Text("", 302, $"Location: /login?back={exchange.Request.Target}\r\n")(exchange),
        _ => throw new ArgumentException(form),
    };
}

using EdgeHost.Health;

namespace EdgeHost.Tests.FrontDoor;

public sealed class OutageTests
{
    [Fact(Timeout = 30_000)]
    public async Task After_a_few_failures_the_origin_is_not_asked_for_covered_pages()
    {
        await using var bench = await Bench.StartAsync(("Origins:platform:ProbeInterval", "00:05:00"));
        bench.Origin.Answer = Answers.Status(503);
        await bench.FailAsync();

        for (var i = 0; i < 5; i++)
        {
            var response = await bench.GetAsync("/");
            Assert.StartsWith("snapshot; reason=origin-down", response.Decision, StringComparison.Ordinal);
            Assert.Equal(Some.Home, response.Text);
        }

        Assert.Equal(3, bench.Origin.Visits.Count);
    }

    [Fact(Timeout = 30_000)]
    public async Task A_minority_of_failures_is_rescued_and_changes_nothing()
    {
        await using var bench = await Bench.StartAsync();
        for (var i = 0; i < 5; i++)
        {
            bench.Origin.Answer = Answers.Text("live");
            for (var passed = 0; passed < 3; passed++)
            {
                Assert.Equal("live; reason=origin-usable", (await bench.GetAsync("/")).Decision);
            }

            bench.Origin.Answer = Answers.Status(503);
            await bench.FailAsync(2);
        }
    }

    [Theory(Timeout = 30_000)]
    [InlineData("503")]
    [InlineData("refuse")]
    [InlineData("reset")]
    public async Task Probes_bring_the_origin_back(string fault)
    {
        await using var bench = await Bench.StartAsync(("Origins:platform:ProbeInterval", "00:00:00.050"));
        if (fault == "refuse")
        {
            bench.Origin.Refuse();
        }
        else
        {
            bench.Origin.Answer = fault == "reset" ? Answers.Reset : Answers.Status(503);
        }

        await bench.FailAsync();
        Assert.StartsWith("snapshot; reason=origin-down", (await bench.GetAsync("/")).Decision, StringComparison.Ordinal);

        bench.Origin.Answer = Answers.LiveHome;
        if (fault == "refuse")
        {
            bench.Origin.Listen();
        }

        await Wait.UntilAsync("everybody gets it again", async () => await bench.GetAsync("/") is { Decision: "live; reason=origin-usable" } answer && answer.Text == Some.LiveHome);
        Assert.True(bench.Origin.Requests.Count(request => request.IsProbe) >= 2);
    }

    [Theory(Timeout = 30_000)]
    [InlineData("refuse")]
    [InlineData("503")]
    public async Task An_outage_that_no_visitor_meets_is_found(string fault)
    {
        await using var bench = await Bench.StartAsync(("Origins:platform:ProbeInterval", "00:00:00.100"), ("Origins:platform:Rise", "1000"));
        if (fault == "refuse")
        {
            bench.Origin.Refuse();
        }
        else
        {
            bench.Origin.Answer = Answers.Status(503);
        }

        await Wait.UntilAsync("it is found", () => (fault == "refuse" ? bench.Site.Origin.Health : bench.Site.State.Health).Current.Phase == HealthPhase.Snapshot);
        Assert.Empty(bench.Origin.Visits);
        Assert.StartsWith("snapshot; reason=origin-down", (await bench.GetAsync("/")).Decision, StringComparison.Ordinal);
    }

    [Fact(Timeout = 30_000)]
    public async Task A_probe_asks_for_the_sites_own_path_on_its_own_host()
    {
        await using var bench = await Bench.StartAsync(("Sites:nova:Probe:Path", "/health?deep=1"), ("Origins:platform:ProbeInterval", "00:00:00.050"));
        bench.Origin.Answer = Answers.Status(503);
        await bench.FailAsync();
        await Wait.UntilAsync("it is probed", () => bench.Origin.Requests.Any(request => request.IsProbe));

        var probe = bench.Origin.Requests.First(request => request.IsProbe);
        Assert.Equal("GET /health?deep=1 HTTP/1.1", probe.Head.Split("\r\n")[0]);
        Assert.Equal(Some.Host, probe["Host"]);
        Assert.Equal("edgehost", probe["CDN-Loop"]);
    }

    [Fact(Timeout = 30_000)]
    public async Task The_sites_of_an_origin_are_probed_in_turn_while_it_is_down()
    {
        // It never is up again here, so that its probes can be watched at an origin that answers.
        await using var bench = await Bench.StartAsync(
            ("Origins:platform:Rise", "1000"), ("Origins:platform:ProbeInterval", "00:00:00.050"), ("Origins:platform:ProbeTimeout", "00:00:00.200"), ("Sites:mira:Hosts:0", "www.mira.example"), ("Sites:mira:Origin", "platform"), ("Sites:luna:Hosts:0", "www.luna.example"), ("Sites:luna:Origin", "platform"));
        bench.Origin.Refuse();
        await bench.FailAsync();
        // One whose pages hang holds nobody up.
        bench.Origin.Answer = exchange => exchange.Request["Host"] == Some.Host ? Answers.Silence(exchange) : Answers.Text("well")(exchange);
        bench.Origin.Listen();

        await Wait.UntilAsync("each was asked", () => bench.Origin.Requests.Count(request => request.IsProbe) >= 9);

        var hosts = bench.Origin.Requests.Where(request => request.IsProbe).Select(request => request["Host"]!).Take(9).ToList();
        Assert.Equal(3, hosts.Take(3).Distinct().Count());
        Assert.All(hosts.CountBy(host => host), pair => Assert.InRange(pair.Value, 2, 4));
    }

    [Fact(Timeout = 30_000)]
    public async Task Unreachable_means_503_at_once_for_what_the_snapshot_lacks()
    {
        await using var bench = await Bench.StartAsync(("Origins:platform:ProbeInterval", "00:05:00"));
        bench.Origin.Refuse();
        await bench.FailAsync();
        bench.Origin.Listen();

        var get = await bench.GetAsync("/nothing");
        var post = await bench.PostAsync("/", "name=Kim");

        Assert.Equal("unavailable; reason=not-in-snapshot", get.Decision);
        Assert.Equal("unavailable; reason=not-readable", post.Decision);
        Assert.Empty(bench.Origin.Visits);
        foreach (var response in new[] { get, post })
        {
            Assert.Equal(503, response.Status);
            Assert.Equal("30", response["Retry-After"]);
            Assert.Equal("no-store", response["Cache-Control"]);
            Assert.Contains("Nova Talents", response.Text, StringComparison.Ordinal);
            Assert.DoesNotContain(" at ", response.Text.Replace(" at the moment", "", StringComparison.Ordinal), StringComparison.Ordinal);
        }

        Assert.Contains("was not received", post.Text, StringComparison.Ordinal);
    }

    [Fact(Timeout = 30_000)]
    public async Task Ill_means_one_bounded_try_for_what_only_the_origin_can_answer()
    {
        await using var bench = await Bench.StartAsync(("Origins:platform:ProbeInterval", "00:05:00"), ("Live:TryTimeout", "00:00:00.300"));
        bench.Origin.Answer = Answers.Status(503);
        await bench.FailAsync();

        bench.Origin.Answer = Answers.Text("made it");
        var get = await bench.GetAsync("/nothing");
        var post = await bench.PostAsync("/form", "name=Kim");
        bench.Origin.Answer = Answers.Silence;
        var hung = await bench.GetAsync("/nothing");

        Assert.Equal(("made it", "live; reason=try-once"), (get.Text, get.Decision));
        Assert.Equal(("made it", "live; reason=try-once"), (post.Text, post.Decision));
        Assert.Equal(503, hung.Status);
        Assert.Equal("EdgeHost; error=http_response_timeout", hung["Proxy-Status"]);
        // What came through is no sign of recovery: only probes are.
        Assert.StartsWith("snapshot; reason=origin-down", (await bench.GetAsync("/")).Decision, StringComparison.Ordinal);
    }

    [Fact(Timeout = 30_000)]
    public async Task So_many_tries_at_once_and_no_more()
    {
        await using var bench = await Bench.StartAsync(("Origins:platform:ProbeInterval", "00:05:00"), ("Live:MaxTries", "2"), ("TrustedProxies:0", "127.0.0.1"));
        bench.Origin.Answer = Answers.Status(503);
        await bench.FailAsync();
        var gate = new TaskCompletionSource();
        bench.Origin.Answer = async exchange =>
        {
            await gate.Task;
            await Answers.Text("made it")(exchange);
        };

        var waiting = new[] { bench.GetAsync("/a", "X-Forwarded-For: 192.0.2.1"), bench.GetAsync("/b", "X-Forwarded-For: 192.0.2.2") };
        await Wait.UntilAsync("two tries are under way", () => bench.Origin.Visits.Count == 5);
        var third = await bench.GetAsync("/c", "X-Forwarded-For: 192.0.2.3");
        gate.SetResult();

        Assert.Equal("unavailable; reason=origin-down", third.Decision);
        Assert.All(await Task.WhenAll(waiting), response => Assert.Equal("made it", response.Text));
        Assert.Equal("made it", (await bench.GetAsync("/d")).Text);
    }

    [Fact(Timeout = 30_000)]
    public async Task A_handshake_that_hangs_is_the_sites_and_not_its_origins()
    {
        await using var bench = await Bench.PrepareAsync(("Live:ConnectTimeout", "00:00:00.300"));
        // It takes the connection, and waits for the rest of a request.
        bench.Set("Origins:platform:Address", $"https://127.0.0.1:{bench.Origin.Port}");
        await bench.Store.PublishAsync(Some.Draft());
        await bench.StartEdgeAsync();
        await bench.HasSnapshotAsync(1);

        Assert.Equal("EdgeHost; error=tls_protocol_error", (await bench.GetAsync("/"))["Proxy-Status"]);
        await bench.FailAsync();
        Assert.Equal((HealthPhase.Live, HealthPhase.Snapshot), (bench.Site.Origin.Health.Current.Phase, bench.Site.State.Health.Current.Phase));
    }

    [Fact(Timeout = 30_000)]
    public async Task One_visitors_tries_leave_places_to_the_others()
    {
        await using var bench = await Bench.StartAsync(("Live:MaxTries", "3"), ("TrustedProxies:0", "127.0.0.1"));
        bench.Origin.Answer = Answers.Status(503);
        await bench.FailAsync();
        bench.Origin.Answer = exchange => exchange.Request.Target.StartsWith("/hangs", StringComparison.Ordinal) ? Answers.Silence(exchange) : Answers.Text("made it")(exchange);
        using var greedy = await RawConnection.OpenAsync(bench.Port, TestContext.Current.CancellationToken);
        await greedy.SendAsync(Bench.Request("GET", "/hangs/1", "X-Forwarded-For: 2001:db8:1:2::1"), TestContext.Current.CancellationToken);
        await Wait.UntilAsync("its try is under way", () => bench.Origin.Visits.Any(visit => visit.Target == "/hangs/1"));

        Assert.Equal("unavailable; reason=origin-down", (await bench.GetAsync("/hangs/2", "X-Forwarded-For: 2001:db8:1:2::99")).Decision);
        Assert.Equal("made it", (await bench.PostAsync("/form", "x", "X-Forwarded-For: 192.0.2.7")).Text);
        Assert.DoesNotContain(bench.Origin.Visits, visit => visit.Target == "/hangs/2");
    }

    [Fact(Timeout = 30_000)]
    public async Task Failing_tries_do_not_keep_a_site_down_that_passes_its_probes()
    {
        await using var bench = await Bench.StartAsync(("Origins:platform:ProbeInterval", "00:00:00.200"));
        bench.Origin.Answer = Answers.Status(503);
        await bench.FailAsync();
        bench.Origin.Answer = exchange => exchange.Request.Target == "/broken" ? Answers.Status(503)(exchange) : Answers.LiveHome(exchange);

        await Wait.UntilAsync("the site is back, though one page of it is asked for and fails all the time", async () =>
        {
            await bench.GetAsync("/broken");
            return (await bench.GetAsync("/")).Decision == "live; reason=origin-usable";
        });
    }

    [Fact(Timeout = 30_000)]
    public async Task One_ill_site_leaves_the_others_on_its_origin_alone()
    {
        await using var bench = await Bench.StartAsync(
            ("Origins:platform:ProbeInterval", "00:05:00"), ("Sites:mira:Hosts:0", "www.mira.example"), ("Sites:mira:Origin", "platform"));
        bench.Origin.Answer = exchange => exchange.Request["Host"] == Some.Host ? Answers.Status(503)(exchange) : Answers.Text("mira is well")(exchange);
        await bench.FailAsync();

        var mira = await bench.SendAsync("GET / HTTP/1.1\r\nHost: www.mira.example\r\n\r\n");

        Assert.StartsWith("snapshot; reason=origin-down", (await bench.GetAsync("/")).Decision, StringComparison.Ordinal);
        Assert.Equal("mira is well", mira.Text);
    }

    [Fact(Timeout = 30_000)]
    public async Task A_page_that_was_never_well_does_not_put_its_site_down()
    {
        await using var bench = await Bench.StartAsync();
        bench.Origin.Answer = exchange => exchange.Request.Target == "/broken" ? Answers.Status(500)(exchange) : Answers.Text("live")(exchange);
        for (var i = 0; i < 6; i++)
        {
            Assert.Equal(500, (await bench.GetAsync("/broken")).Status);
        }

        Assert.Equal("live; reason=origin-usable", (await bench.GetAsync("/")).Decision);
    }

    [Fact(Timeout = 30_000)]
    public async Task Without_a_snapshot_there_is_an_honest_503()
    {
        await using var bench = await Bench.PrepareAsync();
        await bench.StartEdgeAsync();
        bench.Origin.Refuse();
        for (var i = 0; i < 3; i++)
        {
            Assert.Equal("unavailable; reason=origin-down", (await bench.GetAsync("/")).Decision);
        }

        var response = await bench.GetAsync("/");
        Assert.Equal(503, response.Status);
        Assert.Equal("unavailable; reason=no-snapshot", response.Decision);
    }

    [Theory(Timeout = 30_000)]
    [InlineData("/nothing", 404, "no such page as exported")]
    [InlineData("/nothing?utm_source=x", 404, "no such page as exported")]
    [InlineData("/about", 200, "about as exported")]
    public async Task A_site_that_is_exported_whole_may_answer_404(string target, int status, string text)
    {
        await using var bench = await Bench.StartAsync(("Sites:nova:SnapshotMiss", "NotFound"), ("Origins:platform:ProbeInterval", "00:05:00"));
        bench.Origin.Refuse();
        await bench.FailAsync();

        var response = await bench.GetAsync(target);

        Assert.Equal(status, response.Status);
        Assert.Equal(Some.Html(text), response.Text);
        Assert.StartsWith("snapshot; reason=", response.Decision, StringComparison.Ordinal);
        Assert.Equal(503, (await bench.PostAsync(target, "x")).Status);
    }

    [Fact(Timeout = 30_000)]
    public async Task The_name_on_the_page_is_encoded()
    {
        await using var bench = await Bench.PrepareAsync(("Sites:nova:Name", "Nova <script>alert(1)</script> & Töchter"));
        await bench.StartEdgeAsync();
        bench.Origin.Refuse();

        var response = await bench.GetAsync("/");

        Assert.DoesNotContain("<script>", response.Text, StringComparison.Ordinal);
        Assert.Contains("Nova &lt;script&gt;", response.Text, StringComparison.Ordinal);
    }

    [Fact(Timeout = 30_000)]
    public async Task A_HEAD_gets_the_503s_headers_alone()
    {
        await using var bench = await Bench.StartAsync();
        bench.Origin.Refuse();

        var response = await bench.HeadAsync("/nothing");

        Assert.Equal(503, response.Status);
        Assert.Equal("30", response["Retry-After"]);
        Assert.NotEqual("0", response["Content-Length"]);
    }
}

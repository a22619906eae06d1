using System.Net;
using System.Net.Http.Json;
using EdgeHost.ControlContracts;
using EdgeHost.Health;

namespace EdgeHost.Tests.FrontDoor;

/// <summary>What is explained is what is done: each answer stands beside a real request's.</summary>
public sealed class ExplainTests
{
    private static readonly (string Key, string Value)[] Sites =
    [
        ("TrustedProxies:0", "127.0.0.1"), ("Interlocks:LargestUnavailablePercent", "100"),
        ("Sites:nova:Groups:0", "gold"), ("Sites:nova:LiveOnly:0", "/admin"), ("Sites:nova:SnapshotFirst:0", "/style.css"),
        ("Sites:mira:Hosts:0", "mira.example"), ("Sites:mira:Hosts:1", "*.mira.example"), ("Sites:mira:Origin", "platform"),
    ];

    private static readonly (string Method, string Url)[] Requests =
    [
        ("GET", "http://www.nova.example/"),
        ("HEAD", "http://WWW.nova.example:8080/%61bout?utm_source=x"),
        ("POST", "http://www.nova.example/about"),
        ("GET", "http://www.nova.example/about"),
        ("GET", "http://www.nova.example/aboutus"),
        ("GET", "https://www.nova.example/not-exported?a=b"),
        ("GET", "http://www.nova.example/admin/users"),
        ("POST", "http://www.nova.example/admin/users"),
        ("GET", "http://www.nova.example/style.css"),
        ("GET", "http://www.nova.example/old"),
        ("GET", "http://www.nova.example/a/../b"),
        ("GET", "http://www.nova.example/a%zz"),
        ("GET", "http://www.mira.example/"),
        ("GET", "http://mira.example/"),
        ("GET", "http://a.b.mira.example/"),
        ("GET", "http://unknown.example/"),
        ("GET", "http://a..b/"),
    ];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory(Timeout = 60_000)]
    [InlineData("live", "")]
    [InlineData("refused", "")]
    [InlineData("answers 503", "")]
    [InlineData("live", "all:maintenance")]
    [InlineData("live", "site:nova:snapshot")]
    [InlineData("refused", "site:nova:live")]
    [InlineData("live", "site:nova/about:snapshot site:nova:maintenance all:live")]
    [InlineData("refused", "site:nova:auto group:gold:maintenance")]
    public async Task It_tells_what_a_real_request_meets(string origin, string overrides)
    {
        await using var bench = await Bench.StartAsync(Sites);
        await FailAsync(bench, origin);
        foreach (var order in overrides.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            await SetAsync(bench, order);
        }

        var kinds = new HashSet<string>();
        foreach (var (method, url) in Requests)
        {
            var visits = bench.Origin.Visits.Count;
            var explained = await ExplainAsync(bench, url, method);
            Assert.Equal(visits, bench.Origin.Visits.Count);

            var real = await AskAsync(bench, method, url);
            // Whoever is sent to a platform that refuses meets that.
            var isFailed = origin == "refused" && explained.Answer.Kind == "live";
            var header = isFailed ? explained.Answer.HeaderWhenFailed : explained.Answer.Header;
            Assert.True(header == real.Decision, $"{method} {url}: {header} was explained, {real.Decision} was met");
            Assert.Equal(isFailed ? 503 : explained.Answer.Status ?? 200, real.Status);
            if (!isFailed)
            {
                Assert.Equal($"{explained.Answer.Kind}; reason={explained.Answer.Reason}", string.Join(';', real.Decision!.Split(';')[..2]));
                Assert.Equal(explained.Answer.Scope, real.Decision.Split("; scope=") is [_, var scope] ? scope : null);
            }

            kinds.Add(explained.Answer.Kind);
        }

        // Unknown hosts and malformed targets among them, whatever the state.
        Assert.Contains("refused", kinds);
        Assert.True(kinds.Count > 1);
    }

    [Fact(Timeout = 30_000)]
    public async Task It_tells_who_would_be_rescued()
    {
        await using var bench = await Bench.StartAsync(Sites);
        bench.Origin.Answer = Answers.Status(503);

        var covered = (await ExplainAsync(bench, "http://www.nova.example/")).Answer;
        Assert.True(covered.Rescue);
        Assert.False((await ExplainAsync(bench, "http://www.nova.example/not-exported")).Answer.Rescue);
        Assert.False((await ExplainAsync(bench, "http://www.nova.example/", "POST")).Answer.Rescue);
        Assert.False((await ExplainAsync(bench, "http://www.nova.example/admin")).Answer.Rescue);
        Assert.StartsWith("snapshot; reason=rescue; snapshot=", covered.HeaderWhenFailed, StringComparison.Ordinal);
        Assert.Equal((await bench.GetAsync("/")).Decision, covered.HeaderWhenFailed);

        await SetAsync(bench, "site:nova:live");
        Assert.False((await ExplainAsync(bench, "http://www.nova.example/")).Answer.Rescue);
        Assert.Equal(503, (await bench.GetAsync("/")).Status);
    }

    [Fact(Timeout = 60_000)]
    public async Task While_the_origin_returns_each_visitor_is_told_their_own_answer()
    {
        await using var bench = await Bench.StartAsync([.. Sites, ("Origins:platform:ProbeInterval", "00:00:00.050"), ("Switching:Ramp:0", "25"), ("Switching:Ramp:1", "100"), ("Switching:RampDwell", "00:10:00"), ("Switching:ReturnRate", "100000")]);
        bench.Origin.Refuse();
        await bench.FailAsync();
        bench.Origin.Listen();
        await Wait.UntilAsync("it returns", () => bench.Site.Origin.Health.Current.Phase == HealthPhase.Recovering);

        var kinds = new HashSet<string>();
        for (var i = 0; i < 40; i++)
        {
            var explained = await ExplainAsync(bench, "http://www.nova.example/", client: $"::ffff:192.0.2.{i}");
            Assert.Equal((await bench.GetAsync("/", $"X-Forwarded-For: 192.0.2.{i}")).Decision, explained.Answer.Header);
            Assert.Equal(explained.Visitor!.Place < 25, explained.Answer.Kind == "live");
            Assert.Equal((25, $"192.0.2.{i}"), (explained.Visitor.LivePercent, explained.Visitor.Address));
            Assert.Null(explained.ReturnedAnswer);
            kinds.Add(explained.Answer.Kind);
        }

        Assert.Equal(["live", "snapshot"], kinds.Order());
        var nobody = await ExplainAsync(bench, "http://www.nova.example/");
        Assert.Equal(("snapshot", "live", "origin-returning"), (nobody.Answer.Kind, nobody.ReturnedAnswer!.Kind, nobody.ReturnedAnswer.Reason));
        Assert.StartsWith("25 of 100 visitors get the platform", nobody.Visitor!.Words, StringComparison.Ordinal);
        Assert.Null((await ExplainAsync(bench, "http://www.nova.example/", "POST")).ReturnedAnswer);
        Assert.EndsWith("; its origin decides.", nobody.Scopes![1].Words, StringComparison.Ordinal);
        Assert.Matches("^Returning since .* \\(connection-refused\\): 25 % of the visitors get the platform, then 100 %, 10 min each: live for all in about 20 min, ", nobody.Scopes[0].Words);
    }

    [Fact(Timeout = 30_000)]
    public async Task It_costs_nobody_anything()
    {
        await using var bench = await Bench.StartAsync([.. Sites, ("Origins:platform:ProbeInterval", "00:00:00.050"), ("Origins:platform:Rise", "1000"), ("Live:MaxTries", "1")]);
        bench.Origin.Answer = Answers.Status(503);
        await bench.FailAsync();
        bench.Origin.Answer = Answers.LiveHome;
        await Wait.UntilAsync("one may find out", () => bench.Site.TrickleInterval is not null);
        var (visits, report) = (bench.Origin.Visits.Count, bench.Site.State.Health.Report());

        for (var i = 0; i < 20; i++)
        {
            Assert.Contains(" finds out how the platform is", (await ExplainAsync(bench, "http://www.nova.example/")).Answer.Words, StringComparison.Ordinal);
            Assert.Equal("try", (await ExplainAsync(bench, "http://www.nova.example/form", "POST")).Answer.Admission);
        }

        Assert.Equal(visits, bench.Origin.Visits.Count);
        Assert.Equal((report.Failures, report.Flaps, report.View.Since), (bench.Site.State.Health.Report().Failures, bench.Site.State.Health.Report().Flaps, bench.Site.State.Health.Current.Since));
        // The place of the one that finds out, and the only one of those that try, are free still.
        Assert.Equal("live; reason=trickle", (await bench.GetAsync("/")).Decision);
        Assert.Equal("live; reason=try-once", (await bench.PostAsync("/form", "x")).Decision);
    }

    [Fact(Timeout = 30_000)]
    public async Task It_names_what_is_decided_by()
    {
        await using var bench = await Bench.StartAsync(Sites);
        await SetAsync(bench, "all:live");
        await SetAsync(bench, "group:gold:maintenance");
        await SetAsync(bench, "site:nova/about:auto");
        await SetAsync(bench, "site:nova/old:auto");

        var explained = await ExplainAsync(bench, "http://www.nova.example/about#team");

        Assert.Equal("http://www.nova.example/about", explained.Url);
        Assert.Equal(("nova", "www.nova.example", "platform", "/about"), (explained.Site!.Id, explained.Site.Host, explained.Site.Origin, explained.Target));
        Assert.Equal([("site:nova/about", "auto"), ("group:gold", "outranked"), ("all", "outranked")], explained.Overrides!.Select(one => (one.Override.Scope, one.Effect)));
        Assert.Equal(("kim", "test"), (explained.Overrides![0].Override.Actor, explained.Overrides[0].Override.Reason));
        Assert.Equal(["origin:platform", "site:nova"], explained.Scopes!.Select(scope => scope.Scope));
        Assert.Equal(("default", null), (explained.PathRule!.Rule, explained.PathRule.Prefix));
        var entry = explained.Snapshot!.Entry!;
        Assert.Equal(("covered", "/about", 200, "document", "text/html; charset=utf-8"), (explained.Snapshot.Coverage, entry.Key, entry.Status, entry.Kind, entry.ContentType));
        Assert.Equal((Some.Html("about as exported").Length, Some.Time, Some.SnapshotId(1).ToString()), ((int)entry.Size!, entry.CapturedAt, entry.Snapshot));

        await SetAsync(bench, "group:gold:snapshot");
        var admin = await ExplainAsync(bench, "http://www.nova.example/admin/users");
        Assert.Equal(("live-only", "/admin", "leaves-live-only", null), (admin.PathRule!.Rule, admin.PathRule.Prefix, admin.Overrides![0].Effect, admin.Answer.Scope));
        Assert.Equal(("not-asked", null), (admin.Snapshot!.Coverage, admin.Snapshot.Entry));
        Assert.Equal("decides", (await ExplainAsync(bench, "http://www.nova.example/")).Overrides![0].Effect);

        var mira = await ExplainAsync(bench, "http://www.mira.example/");
        Assert.Equal(("*.mira.example", "no-snapshot", null), (mira.Site!.Host, mira.Snapshot!.Coverage, mira.Snapshot.Id));
        var unknown = await ExplainAsync(bench, "http://unknown.example/a?b");
        Assert.Equal((421, "/a?b", null, null), (unknown.Answer.Status, unknown.Target, unknown.Site, unknown.Snapshot));
        Assert.Null((await ExplainAsync(bench, "http://www.nova.example/a/../b")).Target);
    }

    [Fact(Timeout = 30_000)]
    public async Task It_says_what_the_platform_answers_instead_of_the_sites_pages()
    {
        await using var bench = await Bench.StartAsync([.. Sites, ("Switching:FallVisitors", "2"), ("Switching:LostPaths", "2")]);
        Assert.Null((await ExplainAsync(bench, "http://www.nova.example/about")).Content);

        Lose(bench, path: 1, isHome: false, isOwn: false);
        var suspected = (await ExplainAsync(bench, "http://www.nova.example/about")).Content!;
        Assert.Equal((false, 1, 1, "404"), (suspected.Status.Lost, suspected.Status.LostPages, suspected.Status.LookedPages, suspected.Status.Received));
        Assert.Equal("1 of 1 page looked at is answered with something else, last with 404. It counts as lost at 2 pages, the home page among them, once the edge has met it at 2 pages itself, where those are 50 % of what was looked at.", suspected.Words);
        Assert.Contains($"\ncontent\t{suspected.Words}\nvisitor\t", (await CommandLine.RunAsync(bench, "explain", "http://www.nova.example/about")).Output, StringComparison.Ordinal);

        Lose(bench, path: 1, isHome: false, isOwn: true);
        Lose(bench, path: 2, isHome: true, isOwn: true);
        Assert.Matches("^Lost since [0-9:]+Z: 2 of 2 pages looked at are answered with something else, last with 404. That turns no site alone: ", (await ExplainAsync(bench, "http://www.nova.example/about")).Content!.Words);

        static void Lose(Bench bench, int path, bool isHome, bool isOwn) =>
            bench.Site.State.Content.Add(new PageLook(path, isHome, IsLost: true, 0, isOwn, "404"), bench.Site.State.Health.Rules, bench.Site.State.Snapshot!.DocumentCount);
    }

    [Fact(Timeout = 30_000)]
    public async Task The_sites_own_404_page_is_an_answer_where_snapshots_are_complete()
    {
        await using var bench = await Bench.StartAsync([.. Sites, ("Sites:nova:SnapshotMiss", "NotFound")]);
        bench.Origin.Refuse();
        await bench.FailAsync();

        var explained = await ExplainAsync(bench, "http://www.nova.example/nothing");

        Assert.Equal((await bench.GetAsync("/nothing")).Decision, explained.Answer.Header);
        Assert.Equal((404, "known-missing", ""), (explained.Answer.Status, explained.Snapshot!.Coverage, explained.Snapshot.Entry!.Key));
    }

    [Fact(Timeout = 30_000)]
    public async Task A_file_that_is_kept_of_an_earlier_snapshot_says_of_which()
    {
        await using var bench = await Bench.StartAsync(Sites);
        await bench.Store.PublishAsync(new SnapshotDraft(2).Page("/", Some.Home));
        await bench.HasSnapshotAsync(2);

        var explained = await ExplainAsync(bench, "http://www.nova.example/style.css");

        Assert.Equal((await bench.GetAsync("/style.css")).Decision, explained.Answer.Header);
        Assert.Equal((Some.SnapshotId(2).ToString(), Some.SnapshotId(1).ToString(), "asset"), (explained.Snapshot!.Id, explained.Snapshot.Entry!.Snapshot, explained.Snapshot.Entry.Kind));
        Assert.EndsWith($", kept of the earlier {Some.SnapshotId(1)}.", explained.Snapshot.Words, StringComparison.Ordinal);
    }

    [Theory(Timeout = 30_000)]
    [InlineData("explain", "is not a URL to explain: write it with http:// or https://")]
    [InlineData("explain?url=www.nova.example/about", "is not a URL to explain")]
    [InlineData("explain?url=/about", "is not a URL to explain")]
    [InlineData("explain?url=ftp://www.nova.example/", "is not a URL to explain")]
    [InlineData("explain?url=http:///about", "is not a URL to explain")]
    [InlineData("explain?url=http://kim@www.nova.example/", "is not a URL to explain")]
    [InlineData("explain?url=http://www.nova.example/&method=", "is not a method")]
    [InlineData("explain?url=http://www.nova.example/&method=G%20T", "is not a method")]
    [InlineData("explain?url=http://www.nova.example/&client=kim", "is not the address of a client")]
    public async Task A_question_that_is_none_is_refused_with_what_to_do(string path, string detail)
    {
        await using var bench = await Bench.StartAsync();

        using var response = await bench.Management.GetAsync(new Uri($"/api/v1/{path}", UriKind.Relative), Cancel);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains(detail, (await response.Content.ReadFromJsonAsync(ControlJson.Default.Problem, Cancel))!.Detail, StringComparison.Ordinal);
    }

    private static async Task FailAsync(Bench bench, string origin)
    {
        if (origin == "live")
        {
            return;
        }

        bench.Origin.Answer = Answers.Status(503);
        if (origin == "refused")
        {
            bench.Origin.Refuse();
        }

        await bench.FailAsync();
        // What is tried at an origin that seems ill is answered well.
        bench.Origin.Answer = Answers.Text("live");
    }

    private static async Task SetAsync(Bench bench, string order)
    {
        var colon = order.LastIndexOf(':');
        var request = new OverrideRequest { Mode = order[(colon + 1)..], Actor = "kim", Reason = "test", Confirm = "all", OverrideRules = ["origin-down", "snapshot-missing"] };
        using var response = await bench.Management.PutAsJsonAsync($"/api/v1/overrides/{ScopePath.Of(order[..colon])}", request, ControlJson.Default.OverrideRequest, Cancel);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    private static async Task<ExplainResponse> ExplainAsync(Bench bench, string url, string method = "GET", string? client = null)
    {
        using var edge = new ControlClient(bench.Management.BaseAddress!, Bench.Token);
        var answer = await edge.ExplainAsync(url, method, client, Cancel);
        return answer.Value ?? throw new InvalidOperationException(answer.Problem?.Detail ?? answer.Unreachable);
    }

    private static Task<RawResponse> AskAsync(Bench bench, string method, string url)
    {
        var (scheme, rest) = url.Split("://") is [var before, var after] ? (before, after) : throw new FormatException(url);
        var slash = rest.IndexOf('/', StringComparison.Ordinal);
        return bench.SendAsync($"{method} {rest[slash..]} HTTP/1.1\r\nHost: {rest[..slash]}\r\nX-Forwarded-Proto: {scheme}\r\n{(method == "POST" ? "Content-Length: 0\r\n" : "")}\r\n");
    }
}

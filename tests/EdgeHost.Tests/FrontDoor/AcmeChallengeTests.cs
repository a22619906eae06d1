using EdgeHost.Origins;
using EdgeHost.SnapshotStore.Operating;

namespace EdgeHost.Tests.FrontDoor;

public sealed class AcmeChallengeTests
{
    private const string Challenge = "/.well-known/acme-challenge/token-1";

    [Theory(Timeout = 30_000)]
    [InlineData(OperatorMode.Auto, "live; reason=origin-usable")]
    [InlineData(OperatorMode.Live, "live; reason=operator-forced; scope=site:nova")]
    [InlineData(OperatorMode.Snapshot, "live; reason=origin-usable")]
    [InlineData(OperatorMode.Maintenance, "live; reason=origin-usable")]
    public async Task Reaches_the_platform_whatever_an_operator_wants(OperatorMode mode, string decision)
    {
        // A snapshot that has one, and a site that would be given it first, as an export may find anything.
        await using var bench = await Bench.PrepareAsync(("Sites:nova:SnapshotFirst:0", "/"), ("Sites:nova:SnapshotFirst:1", Challenge));
        await bench.Store.PublishAsync(Some.Draft().Page(Challenge, Some.Html("an old challenge")));
        await bench.StartEdgeAsync();
        await bench.HasSnapshotAsync(1);
        await bench.Store.SetModeAsync(mode);
        await Wait.UntilAsync("it is in force", () => bench.Site.State.Mode.Mode == mode);

        var answer = await bench.GetAsync(Challenge);

        Assert.Equal((200, "live", decision), (answer.Status, answer.Text, answer.Decision));
        Assert.Equal("live", (await bench.GetAsync(Challenge, "EdgeHost-Export: 1")).DecisionKind);
    }

    [Fact(Timeout = 30_000)]
    public async Task Is_tried_while_the_platform_is_down_and_its_failing_turns_nothing()
    {
        await using var bench = await Bench.StartAsync();
        bench.Origin.Answer = Answers.Status(503);
        for (var i = 0; i < 5; i++)
        {
            Assert.Equal((503, "live; reason=origin-usable"), ((await bench.GetAsync(Challenge)).Status, (await bench.GetAsync(Challenge)).Decision));
        }

        Assert.True(bench.Site.IsOriginUp);
        bench.Origin.Refuse();
        await bench.FailAsync();
        Assert.Equal((503, "unavailable; reason=origin-down"), ((await bench.GetAsync(Challenge)).Status, (await bench.GetAsync(Challenge)).Decision));
        Assert.Equal("unavailable; reason=not-in-snapshot", (await bench.GetAsync("/.well-known/acme-challenge")).Decision);

        // Before any probe has passed, when nothing else is asked of it.
        bench.Origin.Answer = Answers.Text("token-1.key");
        bench.Origin.Listen();
        var answer = await bench.GetAsync(Challenge);
        Assert.Equal((200, "token-1.key", "live; reason=try-once"), (answer.Status, answer.Text, answer.Decision));
        Assert.Equal("snapshot", (await bench.GetAsync("/")).DecisionKind);
    }

    [Fact(Timeout = 30_000)]
    public async Task Is_not_kept_out_by_what_else_is_tried()
    {
        await using var bench = await Bench.StartAsync(("Live:MaxTries", "1"), ("Live:TryTimeout", "00:01:00"));
        bench.Origin.Answer = Answers.Status(503);
        await bench.FailAsync();
        var gate = new TaskCompletionSource();
        bench.Origin.Answer = async exchange =>
        {
            if (exchange.Request.Target == "/form")
            {
                await gate.Task;
            }

            await Answers.Text("token-1.key")(exchange);
        };

        var hanging = bench.PostAsync("/form", "x");
        await Wait.UntilAsync("it has the only place", () => bench.Origin.Visits.Any(visit => visit.Target == "/form"));
        Assert.Equal("unavailable; reason=origin-down", (await bench.PostAsync("/form", "x")).Decision);
        var explained = await bench.Management.GetStringAsync($"/api/v1/explain?url=http://{Some.Host}{Challenge}", TestContext.Current.CancellationToken);
        var answer = await bench.GetAsync(Challenge);
        gate.SetResult();

        Assert.Contains("where one of 10 places for challenges is free; else 503.", explained, StringComparison.Ordinal);

        Assert.Equal((200, "token-1.key", "live; reason=try-once"), (answer.Status, answer.Text, answer.Decision));
        Assert.Equal(200, (await hanging).Status);
    }

    [Fact(Timeout = 30_000)]
    public async Task Is_asked_for_so_many_times_at_once_and_takes_no_other_tries_place()
    {
        await using var bench = await Bench.StartAsync(("Live:MaxTries", "1"), ("Live:TryTimeout", "00:01:00"), ("TrustedProxies:0", "127.0.0.1"));
        bench.Origin.Answer = Answers.Status(503);
        await bench.FailAsync();
        var gate = new TaskCompletionSource();
        bench.Origin.Answer = async exchange =>
        {
            if (exchange.Request.Target == Challenge)
            {
                await gate.Task;
            }

            await Answers.Text("made it")(exchange);
        };

        var waiting = Enumerable.Range(0, Origin.MostChallenges).Select(i => bench.GetAsync(Challenge, $"X-Forwarded-For: 192.0.2.{i / 2}")).ToList();
        await Wait.UntilAsync("all places are taken", () => bench.Origin.Visits.Count(visit => visit.Target == Challenge) == waiting.Count);
        var oneMore = await bench.GetAsync(Challenge, "X-Forwarded-For: 198.51.100.1");
        var form = await bench.PostAsync("/form", "x");
        gate.SetResult();

        Assert.Equal((503, "unavailable; reason=origin-down"), (oneMore.Status, oneMore.Decision));
        Assert.Equal((200, "live; reason=try-once"), (form.Status, form.Decision));
        Assert.All(await Task.WhenAll(waiting), response => Assert.Equal("made it", response.Text));
    }

    [Fact(Timeout = 30_000)]
    public async Task Is_not_waited_for_longer_than_any_try()
    {
        await using var bench = await Bench.StartAsync(("Live:TryTimeout", "00:00:00.300"));
        bench.Origin.Answer = Answers.Status(503);
        await bench.FailAsync();
        bench.Origin.Answer = Answers.Silence;

        var answer = await bench.GetAsync(Challenge);

        Assert.Equal((503, "EdgeHost; error=http_response_timeout"), (answer.Status, answer["Proxy-Status"]));
    }
}

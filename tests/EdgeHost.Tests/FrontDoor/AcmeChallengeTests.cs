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
}

using EdgeHost.SnapshotStore.Identity;
using EdgeHost.SnapshotStore.Journals;
using EdgeHost.SnapshotStore.Publishing;
using EdgeHost.SnapshotStore.Sites;
using EdgeHost.SystemTests.Edges;
using EdgeHost.SystemTests.Origins;
using EdgeHost.SystemTests.Stores;

namespace EdgeHost.SystemTests.Activations;

/// <summary>What operators and export jobs change reaches running edges by the store alone.</summary>
public sealed class ActivationTests : IAsyncDisposable
{
    private const string Site = "shop";
    private const string Host = "shop.example";
    private const int Staged = 3;

    // What is promised, and what a machine with two busy cores may add to seeing it.
    private static readonly TimeSpan Promised = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Slack = TimeSpan.FromSeconds(1);

    private readonly Scratch scratch = new();
    private readonly RawOrigin origin = new();

    [Theory]
    [InlineData(StoreUnderTest.Directory)]
    [InlineData(StoreUnderTest.S3)]
    public async Task An_activation_is_seen_by_a_running_edge_within_two_seconds(string kind)
    {
        var cancel = TestContext.Current.CancellationToken;
        await using var store = await StoreUnderTest.CreateAsync(kind, scratch, cancel);
        await using var edge = await store.StartEdgeAsync(scratch["edge"], origin.Port, Site, cancel);
        await SetModeAsync(edge, "all", "snapshot");
        var slowest = TimeSpan.Zero;
        for (var version = 1; version <= 3; version++)
        {
            PagesOrigin.Show(origin, $"version {version}");
            using var over = CancellationTokenSource.CreateLinkedTokenSource(cancel);
            var seen = SeeAsync(edge, $"version {version}", over.Token);
            try
            {
                await store.Export.PublishAsync(Site, origin.Port, cancel);
                var took = await seen - (await PublicationAsync(store, cancel)).ActivatedAt!.Value;
                slowest = took > slowest ? took : slowest;
            }
            finally
            {
                await over.CancelAsync();
            }
        }

        TestContext.Current.TestOutputHelper?.WriteLine($"slowest of 3 from the journal's record to the visitor: {slowest.TotalMilliseconds:0} ms");
        Assert.True(slowest < Promised + Slack, $"an activation was seen after {slowest}");
    }

    [Theory]
    [InlineData(StoreUnderTest.Directory)]
    [InlineData(StoreUnderTest.S3)]
    public async Task A_mode_set_on_one_edge_holds_on_the_other_within_two_seconds_and_after_a_restart_without_the_store(string kind)
    {
        var cancel = TestContext.Current.CancellationToken;
        PagesOrigin.Show(origin, "version 1");
        await using var store = await StoreUnderTest.CreateAsync(kind, scratch, cancel);
        await store.Export.PublishAsync(Site, origin.Port, cancel);
        await using var one = await store.StartEdgeAsync(scratch["one"], origin.Port, Site, cancel);
        await using var other = await store.StartEdgeAsync(scratch["other"], origin.Port, Site, cancel);
        await one.UntilDecidedAsync("live", "/", Host, Promised, cancel);
        await other.UntilDecidedAsync("live", "/", Host, Promised, cancel);

        await SetModeAsync(one, "all", "maintenance");
        Assert.Equal("unavailable", (await one.GetAsync("/", Host, cancel)).Decision);
        var took = await other.UntilDecidedAsync("unavailable", "/", Host, Promised + Slack, cancel);
        await SetModeAsync(other, $"sites/{Site}", "snapshot");
        var back = await one.UntilDecidedAsync("snapshot", "/", Host, Promised + Slack, cancel);
        TestContext.Current.TestOutputHelper?.WriteLine($"from one edge to the other: {took.TotalMilliseconds:0} ms, and back: {back.TotalMilliseconds:0} ms");

        await store.GoAsync(cancel);
        try
        {
            foreach (var edge in new[] { one, other })
            {
                await edge.KillAsync();
                await edge.StartAgainAsync(cancel);
                var answer = await edge.GetAsync("/", Host, cancel);
                Assert.Equal("snapshot", answer.Decision);
                Assert.Contains("version 1", answer.Text, StringComparison.Ordinal);
            }

            // Nothing is pretended: what can't be written to the journal is not in force.
            var refused = await one.Management.SetModeAsync("all", "live", cancel);
            Assert.Equal(System.Net.HttpStatusCode.ServiceUnavailable, refused.StatusCode);
            Assert.Equal("snapshot", (await one.GetAsync("/", Host, cancel)).Decision);
        }
        finally
        {
            await store.ComeBackAsync(cancel);
        }

        await Wait.UntilAsync("modes can be set again", TimeSpan.FromSeconds(60), async () => (await one.Management.SetModeAsync($"sites/{Site}", "auto", cancel)).IsSuccessStatusCode, cancel);
        await other.UntilDecidedAsync("live", "/", Host, TimeSpan.FromSeconds(60), cancel);
    }

    [Fact]
    public async Task A_rollback_pins_a_publish_then_only_stages_and_an_unpin_ends_that()
    {
        var cancel = TestContext.Current.CancellationToken;
        await using var store = await StoreUnderTest.CreateAsync(StoreUnderTest.Directory, scratch, cancel);
        await using var edge = await store.StartEdgeAsync(scratch["edge"], origin.Port, Site, cancel);
        await SetModeAsync(edge, "all", "snapshot");
        var first = await PublishAsync(store, "version 1");
        await PublishAsync(store, "version 2");
        await UntilShownAsync(edge, "version 2");

        await store.Export.SucceedAsync("activate", cancel, "--site", Site, "--snapshot", first, "--reason", "version 2 is wrong");
        await UntilShownAsync(edge, "version 1");

        PagesOrigin.Show(origin, "version 3");
        var staged = await store.Export.RunAsync("publish", cancel, "--site", Site, "--origin", $"http://127.0.0.1:{origin.Port}", "--host", Host, "--scheme", "http");
        Assert.True(staged.ExitCode == Staged, staged.All);
        await Wait.UntilAsync("the edge has read the stage's record", Promised + Slack, async () => (await SiteAsync(edge)).GetProperty("lastExport").GetProperty("outcome").GetString() == "staged", cancel);
        Assert.Contains("version 1", (await edge.GetAsync("/", Host, cancel)).Text, StringComparison.Ordinal);
        Assert.True((await SiteAsync(edge)).GetProperty("pinned").GetBoolean());

        await store.Export.SucceedAsync("unpin", cancel, "--site", Site, "--reason", "mended");
        await PublishAsync(store, "version 4");
        await UntilShownAsync(edge, "version 4");
        Assert.False((await SiteAsync(edge)).GetProperty("pinned").GetBoolean());
    }

    [Fact]
    public async Task An_export_from_a_dead_or_failing_origin_changes_nothing()
    {
        var cancel = TestContext.Current.CancellationToken;
        await using var store = await StoreUnderTest.CreateAsync(StoreUnderTest.Directory, scratch, cancel);
        await using var edge = await store.StartEdgeAsync(scratch["edge"], origin.Port, Site, cancel);
        await SetModeAsync(edge, "all", "snapshot");
        var first = await PublishAsync(store, "version 1");
        await UntilShownAsync(edge, "version 1");

        foreach (var (what, answer) in new (string, Func<RawRequest, byte[]?>)[]
        {
            ("a 500 home page", _ => "HTTP/1.1 500 X\r\nContent-Length: 0\r\n\r\n"u8.ToArray()),
            ("no answers", _ => null),
            ("one page that fails", Failing("/page-3", "HTTP/1.1 502 X\r\nContent-Length: 0\r\n\r\n"u8.ToArray())),
            ("one page that is cut", Failing("/page-3", "HTTP/1.1 200 X\r\nContent-Type: text/html\r\nContent-Length: 999\r\n\r\n<html>"u8.ToArray())),
        })
        {
            origin.Answer = answer;
            var finished = await store.Export.RunAsync(
                "publish", cancel, "--site", Site, "--origin", $"http://127.0.0.1:{origin.Port}", "--host", Host, "--scheme", "http", "--retries", "0", "--page-timeout", "2s");
            Assert.True(finished.ExitCode == 1, $"{what}: {finished.All}");
        }

        Assert.Equal(first, (await PublicationAsync(store, cancel)).Active!.Snapshot.ToString());
        Assert.Contains("version 1", (await edge.GetAsync("/", Host, cancel)).Text, StringComparison.Ordinal);
        await Wait.UntilAsync("the failed export is shown", Promised + Slack, async () => (await SiteAsync(edge)).GetProperty("lastExport").GetProperty("outcome").GetString() == "failed", cancel);

        Func<RawRequest, byte[]?> Failing(string target, byte[] bytes)
        {
            PagesOrigin.Show(origin, "version 2");
            var well = origin.Answer;
            return request => request.Target == target ? bytes : well(request);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await origin.DisposeAsync();
        scratch.Dispose();
    }

    private async Task<string> PublishAsync(StoreUnderTest store, string version)
    {
        var cancel = TestContext.Current.CancellationToken;
        PagesOrigin.Show(origin, version);
        await store.Export.PublishAsync(Site, origin.Port, cancel);
        return (await PublicationAsync(store, cancel)).Active!.Snapshot.ToString();
    }

    private static async Task<SitePublication> PublicationAsync(StoreUnderTest under, CancellationToken cancellationToken)
    {
        var store = under.Open();
        var identity = await StoreIdentity.ReadAsync(store, cancellationToken);
        return (await new Journal<PublishState>(store, TimeProvider.System).OpenAsync(identity.Id, cancellationToken)).State.Of(SiteId.Parse(Site));
    }

    // When a visitor first gets a version.
    private static async Task<DateTimeOffset> SeeAsync(EdgeProcess edge, string version, CancellationToken cancellationToken)
    {
        await Wait.UntilAsync($"visitors see {version}", TimeSpan.FromMinutes(2), async () => (await edge.GetAsync("/", Host, cancellationToken)).Text.Contains(version, StringComparison.Ordinal), cancellationToken);
        return TimeProvider.System.GetUtcNow();
    }

    private static async Task UntilShownAsync(EdgeProcess edge, string version) => await Wait.UntilAsync(
        $"visitors see {version}", Promised + Slack, async () => (await edge.GetAsync("/", Host, TestContext.Current.CancellationToken)).Text.Contains(version, StringComparison.Ordinal), TestContext.Current.CancellationToken);

    private static async Task<System.Text.Json.JsonElement> SiteAsync(EdgeProcess edge) => (await edge.Management.SitesAsync(TestContext.Current.CancellationToken)).GetProperty("sites")[0];

    private static async Task SetModeAsync(EdgeProcess edge, string scope, string mode)
    {
        using var response = await edge.Management.SetModeAsync(scope, mode, TestContext.Current.CancellationToken);
        Assert.True(response.IsSuccessStatusCode, $"{response.StatusCode}: {await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)}");
    }
}

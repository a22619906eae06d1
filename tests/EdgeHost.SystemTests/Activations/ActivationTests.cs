using System.Net;
using EdgeHost.SystemTests.Origins;
using EdgeHost.SystemTests.Stores;

namespace EdgeHost.SystemTests.Activations;

/// <summary>What operators and export jobs change reaches running edges by the store alone.</summary>
public sealed class ActivationTests : IAsyncDisposable
{
    private const string Site = "shop";
    private const string Host = "shop.example";

    // What is promised, and what a machine with two busy cores may add to seeing it.
    private static readonly TimeSpan Promised = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Slack = TimeSpan.FromSeconds(1);

    private readonly Scratch scratch = new();
    private readonly RawOrigin origin = new();

    [Theory]
    [InlineData(StoreUnderTest.Directory, Traits = ["Category", "Long"])]
    [InlineData(StoreUnderTest.S3)]
    public async Task An_activation_is_seen_by_a_running_edge_within_two_seconds(string kind)
    {
        var cancel = TestContext.Current.CancellationToken;
        await using var store = await StoreUnderTest.CreateAsync(kind, scratch, cancel);
        await using var edge = await store.StartEdgeAsync(scratch["edge"], origin.Port, Site, cancel);
        await edge.Management.SetModeAsync("all", "snapshot", cancel);
        var slowest = TimeSpan.Zero;
        for (var version = 1; version <= 3; version++)
        {
            PagesOrigin.Show(origin, $"version {version}");
            using var over = CancellationTokenSource.CreateLinkedTokenSource(cancel);
            var seen = SeeAsync($"version {version}", over.Token);
            try
            {
                await store.Export.PublishAsync(Site, origin.Port, cancel);
                var took = await seen - (await store.PublicationAsync(Site, cancel)).ActivatedAt!.Value;
                slowest = took > slowest ? took : slowest;
            }
            finally
            {
                await over.CancelAsync();
            }
        }

        TestContext.Current.TestOutputHelper?.WriteLine($"slowest of 3 from the journal's record to the visitor: {slowest.TotalMilliseconds:0} ms");
        Assert.True(slowest < Promised + Slack, $"an activation was seen after {slowest}");

        // While the export runs, as visitors do.
        async Task<DateTimeOffset> SeeAsync(string text, CancellationToken token)
        {
            await edge.UntilShownAsync(text, Host, TimeSpan.FromMinutes(2), token);
            return TimeProvider.System.GetUtcNow();
        }
    }

    [Theory]
    [InlineData(StoreUnderTest.Directory)]
    [InlineData(StoreUnderTest.S3, Traits = ["Category", "Long"])]
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

        await one.Management.SetModeAsync("all", "maintenance", cancel);
        Assert.Equal("unavailable", (await one.GetAsync("/", Host, cancel)).DecisionKind);
        var took = await other.UntilDecidedAsync("unavailable", "/", Host, Promised + Slack, cancel);
        await other.Management.SetModeAsync($"sites/{Site}", "snapshot", cancel);
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
                Assert.Equal("snapshot", answer.DecisionKind);
                Assert.Contains("version 1", answer.Text, StringComparison.Ordinal);
            }

            // Nothing is pretended: what can't be written to the journal is not in force.
            Assert.Equal(HttpStatusCode.ServiceUnavailable, await one.Management.TrySetModeAsync("all", "live", cancel));
            Assert.Equal("snapshot", (await one.GetAsync("/", Host, cancel)).DecisionKind);
        }
        finally
        {
            await store.ComeBackAsync(cancel);
        }

        await Wait.UntilAsync("modes can be set again", TimeSpan.FromSeconds(60), async () => await one.Management.TrySetModeAsync($"sites/{Site}", "auto", cancel) == HttpStatusCode.OK, cancel);
        await other.UntilDecidedAsync("live", "/", Host, TimeSpan.FromSeconds(60), cancel);
    }

    public async ValueTask DisposeAsync()
    {
        await origin.DisposeAsync();
        scratch.Dispose();
    }
}

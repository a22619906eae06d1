using System.Net;
using EdgeHost.SystemTests.Origins;
using EdgeHost.SystemTests.Stores;

namespace EdgeHost.SystemTests.Overrides;

/// <summary>What operators decide on any edge holds on all of them, and nothing of it gets lost.</summary>
public sealed class OverrideTests : IAsyncDisposable
{
    // What is promised, and what a machine with two busy cores may add to seeing it.
    private static readonly TimeSpan Promised = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Slack = TimeSpan.FromSeconds(1);

    // From the widest to the narrowest: each hides those before it.
    private static readonly (string Path, string Name)[] Scopes =
    [
        ("all", "all"), ("origins/platform", "origin:platform"), ("groups/gold", "group:gold"), ("sites/shop", "site:shop"), ($"sites/shop/paths?prefix={ThreeEdges.Target}", $"site:shop{ThreeEdges.Target}"),
    ];

    private readonly Scratch scratch = new();
    private readonly RawOrigin origin = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(StoreUnderTest.S3, 1)]
    [InlineData(StoreUnderTest.S3, 2, Traits = ["Category", "Long"])]
    [InlineData(StoreUnderTest.Directory, 2, Traits = ["Category", "Long"])]
    public async Task A_change_on_any_edge_is_in_force_on_all_within_two_seconds_and_outlives_them_without_the_store(string kind, int rounds)
    {
        PagesOrigin.Show(origin, "version 1");
        await using var store = await StoreUnderTest.CreateAsync(kind, scratch, Cancel);
        await store.Export.PublishAsync(ThreeEdges.Site, origin.Port, Cancel);
        await using var three = await ThreeEdges.StartAsync(store, scratch, origin.Port);
        var took = new List<Propagation>();

        // Modes by scope, so that each differs from what it hides. The last ones stay.
        string[] orders = ["snapshot maintenance live auto maintenance", "live snapshot maintenance snapshot live"];
        foreach (var modes in orders.Take(rounds))
        {
            took.AddRange(await SetAsync(three, modes));
            took.AddRange(await ClearAsync(three, modes));
        }

        took.AddRange(await SetAsync(three, "maintenance live snapshot maintenance auto"));
        TestContext.Current.TestOutputHelper?.WriteLine(
            $"{kind}: {took.Count} changes from one edge to visitors of all three, from the order: {Words(took.Select(one => one.SinceAsked))}; from its answer: {Words(took.Select(one => one.SinceAnswered))}");
        Assert.True(took.Max(one => one.SinceAsked) < Promised + Slack, $"a change was seen after {took.Max(one => one.SinceAsked)}");

        var set = await three.Edges[0].Management.OverridesAsync(Cancel);
        Assert.Equal(5, set.Count);
        var shown = await ThreeEdges.DecisionAsync(three.Edges[0]);
        await store.GoAsync(Cancel);
        try
        {
            await Task.WhenAll(three.Edges.Select(edge => edge.KillAsync()));
            foreach (var edge in three.Edges)
            {
                await edge.StartAgainAsync(Cancel);
                Assert.Equal(shown, await ThreeEdges.DecisionAsync(edge));
                Assert.Equal(set, await edge.Management.OverridesAsync(Cancel));
                // What is set for the site decides beside the path.
                Assert.Equal("unavailable; reason=maintenance; scope=site:shop", (await edge.GetAsync("/page-2", ThreeEdges.Host, Cancel)).Decision);
            }
        }
        finally
        {
            await store.ComeBackAsync(Cancel);
        }
    }

    [Theory]
    [InlineData(StoreUnderTest.Directory)]
    [InlineData(StoreUnderTest.S3)]
    public async Task Of_twenty_changes_at_once_on_three_edges_none_is_lost(string kind)
    {
        await using var store = await StoreUnderTest.CreateAsync(kind, scratch, Cancel);
        await using var three = await ThreeEdges.StartAsync(store, scratch, origin.Port);
        string[] modes = ["auto", "live", "snapshot", "maintenance"];
        var orders = (from scope in Scopes from mode in modes select new OverrideStep(scope.Path, scope.Name, mode)).ToList();
        var began = TimeProvider.System.GetTimestamp();

        var answers = await Task.WhenAll(orders.Select((order, n) => three.Edges[n % 3].Management.TrySetModeAsync(order.Path, order.Mode, Cancel)));

        TestContext.Current.TestOutputHelper?.WriteLine($"{kind}: {orders.Count} changes at once on three edges: all in the journal after {TimeProvider.System.GetElapsedTime(began).TotalMilliseconds:0} ms");
        Assert.All(answers, status => Assert.Equal(HttpStatusCode.OK, status));
        var records = await store.DecisionsAsync(Cancel);
        var written = records.Select(record => $"{record.Data.GetProperty("scope").GetString()} {record.Data.GetProperty("mode").GetString()}").ToList();
        Assert.Equal(orders.Select(order => order.ToString()).Order(StringComparer.Ordinal), written.Order(StringComparer.Ordinal));

        // The last of each scope is what holds, everywhere.
        var last = Scopes.Reverse().Select(scope => written.Last(one => one.StartsWith(scope.Name + " ", StringComparison.Ordinal))).ToList();
        foreach (var edge in three.Edges)
        {
            await Wait.UntilAsync("the edges agree", TimeSpan.FromSeconds(10), async () => last.SequenceEqual(await edge.Management.OverridesAsync(Cancel)), Cancel);
        }

        // And visitors see it. There is no snapshot of the site here.
        var narrowest = new OverrideStep(Scopes[^1].Path, Scopes[^1].Name, last[0].Split(' ')[^1]);
        foreach (var edge in three.Edges)
        {
            await Wait.UntilAsync($"{narrowest} is in force", TimeSpan.FromSeconds(1), async () => await ThreeEdges.DecisionAsync(edge) is var decision
                && (narrowest.Mode == "snapshot" ? decision == $"unavailable; reason=no-snapshot; scope={narrowest.Scope}" : narrowest.IsShownBy(decision)), Cancel);
        }
    }

    private static async Task<List<Propagation>> SetAsync(ThreeEdges three, string modes)
    {
        var took = new List<Propagation>();
        foreach (var (n, step) in Steps(modes).Index())
        {
            took.Add(await three.PropagateAsync(n % 3, management => management.SetModeAsync(step.Path, step.Mode, Cancel), step, Promised + Slack));
        }

        return took;
    }

    // The narrowest first, so that what it hid is seen again.
    private static async Task<List<Propagation>> ClearAsync(ThreeEdges three, string modes)
    {
        var took = new List<Propagation>();
        var steps = Steps(modes);
        for (var n = steps.Count - 1; n >= 0; n--)
        {
            var path = steps[n].Path;
            took.Add(await three.PropagateAsync((n + 1) % 3, management => management.ClearModeAsync(path, Cancel), n == 0 ? OverrideStep.None : steps[n - 1], Promised + Slack));
        }

        return took;
    }

    private static string Words(IEnumerable<TimeSpan> times)
    {
        var sorted = times.Order().ToList();
        return $"slowest {sorted[^1].TotalMilliseconds:0} ms, median {sorted[sorted.Count / 2].TotalMilliseconds:0} ms, {sorted.Count(time => time > Promised)} above {Promised.TotalSeconds} s";
    }

    private static List<OverrideStep> Steps(string modes) => [.. Scopes.Zip(modes.Split(' '), (scope, mode) => new OverrideStep(scope.Path, scope.Name, mode))];

    public async ValueTask DisposeAsync()
    {
        await origin.DisposeAsync();
        scratch.Dispose();
    }
}

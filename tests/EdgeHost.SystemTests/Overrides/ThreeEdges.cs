using System.Diagnostics;
using System.Text.Json.Nodes;
using EdgeHost.SystemTests.Edges;
using EdgeHost.SystemTests.Stores;

namespace EdgeHost.SystemTests.Overrides;

/// <summary>Three edges before one platform, that know of each other by the store alone.</summary>
internal sealed class ThreeEdges : IAsyncDisposable
{
    public const string Site = "shop";
    public const string Host = "shop.example";
    public const string Target = "/page-1";

    private readonly List<EdgeProcess> edges = [];

    public IReadOnlyList<EdgeProcess> Edges => edges;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static async Task<ThreeEdges> StartAsync(StoreUnderTest store, Scratch scratch, int originPort)
    {
        var three = new ThreeEdges();
        try
        {
            foreach (var name in new[] { "a", "b", "c" })
            {
                three.edges.Add(await store.StartEdgeAsync(scratch[name], originPort, Site, Cancel, config => config.Set($"Sites:{Site}:Groups", new JsonArray("gold"))));
            }

            return three;
        }
        catch
        {
            await three.DisposeAsync();
            throw;
        }
    }

    /// <summary>Changes something on one edge, and waits until visitors of all of them see it. Answers how long that took on the slowest.</summary>
    public async Task<Propagation> PropagateAsync(int author, Func<ManagementClient, Task> change, OverrideStep shown, TimeSpan within)
    {
        var began = Stopwatch.GetTimestamp();
        await change(edges[author].Management);
        var answered = Stopwatch.GetTimestamp();
        Assert.True(shown.IsShownBy(await DecisionAsync(edges[author])), $"{shown} is not in force where it was set");
        await Task.WhenAll(edges.Select(edge => Wait.UntilAsync($"{shown} is in force on all edges", within, async () => shown.IsShownBy(await DecisionAsync(edge)), Cancel)));
        return new Propagation(Stopwatch.GetElapsedTime(began), Stopwatch.GetElapsedTime(answered));
    }

    public static async Task<string> DecisionAsync(EdgeProcess edge) => (await edge.GetAsync(Target, Host, Cancel)).Decision;

    public async ValueTask DisposeAsync()
    {
        foreach (var edge in edges)
        {
            await edge.DisposeAsync();
        }
    }
}

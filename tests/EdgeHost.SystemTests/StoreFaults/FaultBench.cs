using EdgeHost.SnapshotStore.Manifests;
using EdgeHost.SystemTests.Edges;
using EdgeHost.SystemTests.Exports;
using EdgeHost.SystemTests.Processes;

namespace EdgeHost.SystemTests.StoreFaults;

/// <summary>A directory store of two pages, and an edge whose origin is dead: whatever visitors get is the snapshot's.</summary>
internal sealed class FaultBench : IAsyncDisposable
{
    public const string Site = "shop";
    public const string Host = "shop.example";

    public static readonly TimeSpan Soon = TimeSpan.FromSeconds(30);

    private EdgeProcess? edge;

    public Scratch Scratch { get; } = new();

    public string Store => Scratch["store"];

    public EdgeProcess Edge => edge!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <param name="version">What the pages say.</param>
    /// <param name="salt">Makes another home page of the same version.</param>
    public static Dictionary<string, string> Pages(string version, string salt = "") => new()
    {
        ["/"] = HandMadeSnapshot.Page($"Home {version} {salt}"),
        ["/page"] = HandMadeSnapshot.Page($"Page {version}", 20_000),
    };

    public Task<SnapshotManifest> PublishAsync(string version, Action<SnapshotId>? beforeActivation = null, string salt = "") =>
        HandMadeSnapshot.PublishAsync(Store, Site, Pages(version, salt), Cancel, beforeActivation);

    public async Task StartAsync(Action<EdgeConfig>? change = null)
    {
        var config = new EdgeConfig(Scratch["edge"], Store, Ports.Free(), Site);
        change?.Invoke(config);
        edge = await EdgeProcess.StartAsync(config, Cancel);
    }

    public async Task RestartAsync()
    {
        await Edge.KillAsync();
        await Edge.StartAgainAsync(Cancel);
    }

    public async Task UntilShownAsync(string version) => await Edge.UntilShownAsync(version, Host, Soon, Cancel);

    public async Task AssertShownAsync(string version)
    {
        var answer = await Edge.GetAsync("/", Host, Cancel);
        Assert.Equal("snapshot", answer.DecisionKind);
        Assert.Contains(version, answer.Text, StringComparison.Ordinal);
    }

    /// <summary>Why the snapshot is not, or not wholly, served; null when it is.</summary>
    public async Task<string?> ProblemAsync() => (await Edge.Management.SiteAsync(Cancel)).TryGetProperty("snapshotProblem", out var problem) ? problem.GetString() : null;

    public async Task UntilStoreIsAsync(string state) =>
        await Wait.UntilAsync($"the store is said to be {state}", Soon, async () => await Edge.Management.StoreStateAsync(Cancel) == state, Cancel);

    /// <summary>The error events of the running process that hold a text; at least one.</summary>
    public async Task<IReadOnlyList<string>> ErrorsAsync(string text) => [.. (await Edge.LoggedAsync(text, Cancel)).Where(line => line.Contains("\"@l\":\"Error\"", StringComparison.Ordinal))];

    public async ValueTask DisposeAsync()
    {
        if (edge is not null)
        {
            await edge.DisposeAsync();
        }

        Scratch.Dispose();
    }
}

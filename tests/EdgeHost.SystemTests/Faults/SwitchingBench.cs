using System.Text.Json.Nodes;
using EdgeHost.ControlContracts;
using EdgeHost.SystemTests.Edges;
using EdgeHost.SystemTests.Exports;
using EdgeHost.SystemTests.Faults.Platforms;
using EdgeHost.SystemTests.Faults.Visitors;

namespace EdgeHost.SystemTests.Faults;

/// <summary>A real edge before platforms that a test breaks, with a snapshot of each of their sites.</summary>
internal sealed class SwitchingBench : IAsyncDisposable
{
    private static readonly TimeSpan ReadyWithin = TimeSpan.FromSeconds(60);

    private readonly Scratch scratch = new();
    private readonly OriginCertificates certificates = new();
    private readonly List<FaultOrigin> origins = [];
    private readonly List<PlatformSite> sites = [];
    private EdgeProcess? edge;
    private ControlClient? control;

    public SwitchingBench() => Config = new EdgeConfig(scratch["edge"], scratch["store"]).Set("TrustedProxies", new JsonArray("127.0.0.1"));

    public EdgeConfig Config { get; }

    public EdgeProcess Edge => edge!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static void Say(string text) => TestContext.Current.TestOutputHelper?.WriteLine(text);

    /// <summary>A platform with its sites, before the start.</summary>
    public FaultOrigin AddOrigin(string name, IReadOnlyList<PlatformSite> its, bool tls = false)
    {
        var origin = new FaultOrigin(its, tls ? certificates : null);
        origins.Add(origin);
        Add(name, origin.Address, its);
        return origin;
    }

    /// <summary>A platform at an address, of which nothing is known here.</summary>
    public void Add(string name, string address, IReadOnlyList<PlatformSite> its)
    {
        sites.AddRange(its);
        Config.AddOrigin(name, address);
        foreach (var site in its)
        {
            Config.AddSite(site.Id, name);
        }
    }

    public async Task StartAsync()
    {
        await HandMadeSnapshot.PublishAllAsync(scratch["store"], sites.Select(site => (site.Id, site.Exported)), Cancel);
        await File.WriteAllTextAsync(scratch["authority.pem"], certificates.AuthorityPem, Cancel);
        edge = await EdgeProcess.StartAsync(Config, Cancel, new Dictionary<string, string?> { ["SSL_CERT_FILE"] = scratch["authority.pem"] });
        control = new ControlClient(new Uri(Config.ManagementUrl), Config.BearerToken);
        await Wait.UntilAsync("all snapshots are ready", ReadyWithin, async () => (await SitesAsync()).All(site => site.Snapshot is { MissingBodies: 0 }), Cancel);
    }

    public VisitorLoad Visit(IReadOnlyList<PlatformSite> its, int addresses = VisitorLoad.Connections) => VisitorLoad.Start(Config.PublicPort, its, addresses);

    public VisitorLoad VisitBeside(PlatformSite site) => VisitorLoad.StartBeside(Config.PublicPort, site);

    public async Task<IReadOnlyList<SiteStatus>> SitesAsync() => (await control!.SitesAsync(Cancel)) is { Value: { } answer } ? answer.Sites : throw new InvalidOperationException("The management API does not answer.");

    public async Task<SiteStatus> SiteAsync(PlatformSite site) => (await SitesAsync()).Single(status => status.Id == site.Id);

    /// <summary>Waits until these are answered from their snapshots.</summary>
    public Task<TimeSpan> UntilSnapshotAsync(IReadOnlyList<PlatformSite> its, TimeSpan within) => UntilAsync("state snapshot", its, within, static site => site.State == "snapshot");

    /// <summary>The same; null when they don't turn, which is to be judged with what visitors got meanwhile.</summary>
    public async Task<TimeSpan?> FindTurnAsync(IReadOnlyList<PlatformSite> its, TimeSpan within)
    {
        try
        {
            return await UntilSnapshotAsync(its, within);
        }
        catch (TimeoutException)
        {
            return null;
        }
    }

    /// <summary>Waits until all visitors of these get the platform, and nothing is suspected.</summary>
    public Task<TimeSpan> UntilLiveAsync(IReadOnlyList<PlatformSite> its, TimeSpan within) =>
        UntilAsync("live for all", its, within, static site => site is { State: "live", Health.Phase: "live", Origin.Scope.Phase: "live" });

    /// <summary>The events with one of these ids so far.</summary>
    public IReadOnlyList<string> Events(params int[] ids) => [.. Edge.Log.Where(line => ids.Any(id => line.Contains($"\"EventId\":{{\"Id\":{id},", StringComparison.Ordinal)))];

    public async ValueTask DisposeAsync()
    {
        control?.Dispose();
        if (edge is not null)
        {
            await edge.DisposeAsync();
        }

        foreach (var origin in origins)
        {
            await origin.DisposeAsync();
        }

        certificates.Dispose();
        scratch.Dispose();
    }

    private async Task<TimeSpan> UntilAsync(string what, IReadOnlyList<PlatformSite> its, TimeSpan within, Func<SiteStatus, bool> condition)
    {
        var ids = its.Select(site => site.Id).ToHashSet();
        return await Wait.UntilAsync($"{what}: {string.Join(", ", ids.Take(3))}", within, async () => (await SitesAsync()).Where(site => ids.Contains(site.Id)).All(condition), Cancel);
    }
}

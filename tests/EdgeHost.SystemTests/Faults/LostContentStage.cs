using EdgeHost.SystemTests.Faults.Platforms;

namespace EdgeHost.SystemTests.Faults;

/// <summary>One edge, and for each form of lost content a platform of six sites. What concerns the turn is as it is by default.</summary>
public sealed class LostContentStage : IAsyncLifetime
{
    private const int SitesPerOrigin = 6;

    private readonly Dictionary<Fault, (IReadOnlyList<PlatformSite> Sites, FaultOrigin Origin)> platforms = [];

    internal SwitchingBench Bench { get; } = new();

    internal IReadOnlyList<PlatformSite> SitesOf(Fault fault) => platforms[fault].Sites;

    internal FaultOrigin OriginOf(Fault fault) => platforms[fault].Origin;

    public async ValueTask InitializeAsync()
    {
        foreach (var fault in FaultKinds.OfContent)
        {
            var name = fault.ToString().ToLowerInvariant();
            PlatformSite[] sites = [.. Enumerable.Range(1, SitesPerOrigin).Select(i => new PlatformSite($"{name}-{i}"))];
            platforms[fault] = (sites, Bench.AddOrigin(name, sites));
            Bench.Config.Set($"Origins:{name}:Rise", 2);
        }

        Bench.Config.Set("Switching:SnapshotDwell", "00:00:01").Set("Switching:LongestSnapshotDwell", "00:00:01").Set("Switching:FlapMemory", "00:00:01").Set("Switching:RampDwell", "00:00:00.050");
        await Bench.StartAsync();
    }

    public ValueTask DisposeAsync() => Bench.DisposeAsync();
}

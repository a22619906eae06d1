using EdgeHost.SystemTests.Faults.Platforms;

namespace EdgeHost.SystemTests.Faults;

/// <summary>One edge, and for each fault a platform of its own with one site: no fault's traces reach the next.</summary>
public sealed class FaultStage : IAsyncLifetime
{
    /// <summary>The most that a visitor of a covered page may wait for the platform's headers.</summary>
    internal static readonly TimeSpan CoveredHeadersTimeout = TimeSpan.FromSeconds(1);

    private readonly Dictionary<Fault, (PlatformSite Site, FaultOrigin? Origin)> platforms = [];

    internal SwitchingBench Bench { get; } = new();

    /// <summary>A site that nothing but its snapshot ever answers: what such an answer costs on this machine at this moment.</summary>
    internal PlatformSite Steady { get; } = new("steady");

    internal PlatformSite SiteOf(Fault fault) => platforms[fault].Site;

    /// <summary>Null for a platform whose name is unknown.</summary>
    internal FaultOrigin? OriginOf(Fault fault) => platforms[fault].Origin;

    public async ValueTask InitializeAsync()
    {
        foreach (var fault in FaultKinds.OfRequests)
        {
            var name = fault.ToString().ToLowerInvariant();
            var site = new PlatformSite(name);
            if (fault == Fault.NameUnknown)
            {
                Bench.Add(name, "http://platform.invalid", [site]);
                platforms[fault] = (site, null);
            }
            else
            {
                platforms[fault] = (site, Bench.AddOrigin(name, [site], fault.IsOfTls()));
            }

            // The return is not what is measured here.
            Bench.Config.Set($"Origins:{name}:ProbeInterval", "00:00:00.250").Set($"Origins:{name}:ProbeTimeout", "00:00:00.700").Set($"Origins:{name}:Rise", 1);
        }

        Bench.AddOrigin("steady", [Steady]).Set(Fault.Refused);
        Bench.Config.Set($"Sites:{SiteOf(Fault.LyingOk).Id}:Probe:Text", PlatformSite.Mark);
        Bench.Config.Set("Live:ConnectTimeout", "00:00:00.500").Set("Live:CoveredHeadersTimeout", $"{CoveredHeadersTimeout:c}").Set("Live:ActivityTimeout", "00:00:30").Set("Live:TryTimeout", "00:00:01")
            .Set("Switching:SnapshotDwell", "00:00:02").Set("Switching:LongestSnapshotDwell", "00:00:02").Set("Switching:FlapMemory", "00:00:01").Set("Switching:RampDwell", "00:00:00.050");
        await Bench.StartAsync();
    }

    public ValueTask DisposeAsync() => Bench.DisposeAsync();
}

using System.Globalization;
using EdgeHost.SystemTests.Faults.Platforms;
using EdgeHost.SystemTests.Faults.Visitors;

namespace EdgeHost.SystemTests.Faults;

/// <summary>How soon a platform that was killed is found to be so, by the settings that an edge has without any.</summary>
public sealed class TurnTests : IAsyncLifetime
{
    private static readonly TimeSpan UnderLoad = TimeSpan.FromSeconds(1);

    // Fall (3) probes at an interval of 1 s, and half a second for the last of them and for the question of how it is.
    private static readonly TimeSpan WithoutLoad = TimeSpan.FromSeconds(3.5);

    private readonly SwitchingBench bench = new();
    private readonly PlatformSite site = new("shop");
    private readonly FaultOrigin origin;

    public TurnTests() => origin = bench.AddOrigin("platform", [site]);

    public async ValueTask InitializeAsync()
    {
        await bench.StartAsync();
        await bench.UntilLiveAsync([site], TimeSpan.FromSeconds(5));
        await Wait.UntilAsync("a probe was answered", () => origin.Arrivals.Probes > 0);
    }

    [Fact]
    public async Task Turns_within_a_second_under_load()
    {
        await using var load = bench.Visit([site]);
        await Wait.UntilAsync("visitors get the platform", () => load.Covered.Count(VisitKind.Live) > 2 * VisitorLoad.Connections);

        origin.Set(Fault.Refused);
        var turned = await bench.UntilSnapshotAsync([site], 2 * UnderLoad);

        await load.StopAsync();
        Say(turned, load.Covered.Counts());
        load.Covered.AssertNone(VisitKind.Wrong, VisitKind.Unavailable);
        Assert.InRange(turned, TimeSpan.Zero, UnderLoad);
    }

    [Fact]
    public async Task Turns_within_as_many_probe_intervals_as_it_takes_failures_without_load()
    {
        origin.Set(Fault.Refused);
        var turned = await bench.UntilSnapshotAsync([site], 2 * WithoutLoad);

        Say(turned, "no visitors");
        Assert.InRange(turned, TimeSpan.Zero, WithoutLoad);
    }

    public ValueTask DisposeAsync() => bench.DisposeAsync();

    private static void Say(TimeSpan turned, string visitors) => SwitchingBench.Say(string.Create(CultureInfo.InvariantCulture, $"| killed | turned after {turned.TotalMilliseconds:0} ms | {visitors} |"));
}

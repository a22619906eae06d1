using System.Diagnostics;
using EdgeHost.SystemTests.Faults;

namespace EdgeHost.SystemTests.StoreFaults;

/// <summary>Whatever a store does: who asks for what is in the replica notices nothing, and the others wait for two seconds at most, and cost the store next to nothing.</summary>
public sealed class GatewayTests(GatewayStage stage) : IClassFixture<GatewayStage>
{
    private static readonly TimeSpan Measured = TimeSpan.FromSeconds(1.5);
    private static readonly TimeSpan MendedWithin = TimeSpan.FromSeconds(30);

    // Two seconds, and what 36 connections on two cores take besides.
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(3);

    // Five seconds; what a request takes on its way to the gateway may differ.
    private static readonly TimeSpan RetryInterval = TimeSpan.FromSeconds(4.5);

    // The figures are to be read in the line that it writes; what waits for the store takes two seconds.
    private static readonly TimeSpan LongestStall = TimeSpan.FromSeconds(1);

    public static TheoryData<StoreFault> Others => [.. Enum.GetValues<StoreFault>().Except([StoreFault.None, StoreFault.Down, StoreFault.Slow, StoreFault.Wrong])];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(StoreFault.Down)]
    [InlineData(StoreFault.Slow)]
    [InlineData(StoreFault.Wrong)]
    public Task A_store_in_trouble_costs_visitors_nothing_of_what_is_here(StoreFault fault) => BreakAsync(fault);

    [Theory]
    [Trait("Category", "Long")]
    [MemberData(nameof(Others))]
    public Task Nor_does_one_that_refuses_fails_or_breaks_off(StoreFault fault) => BreakAsync(fault);

    private async Task BreakAsync(StoreFault fault)
    {
        await stage.StartAsync(Cancel);
        var (quiet, load, after, missing) = (new GatewayLoad(stage), new GatewayLoad(stage), new GatewayLoad(stage), GatewayStage.NotInReplica(fault));
        await new GatewayLoad(stage).RunAsync(GatewayStage.InReplica, mayFail: false, Measured / 3, Cancel);
        await quiet.RunAsync(GatewayStage.InReplica, mayFail: false, Measured, Cancel);

        stage.Gateway.Forget();
        await stage.Gateway.SetAsync(fault);
        await load.RunAsync(missing, mayFail: true, Measured, Cancel);
        var asked = stage.Gateway.Asked;
        await stage.Gateway.SetAsync(StoreFault.None);
        var mended = await Wait.UntilAsync("all of it is to be had", MendedWithin, async () =>
        {
            foreach (var target in missing)
            {
                if (!stage.IsRight(target, await stage.Edge.GetAsync(target, GatewayStage.Host, Cancel)))
                {
                    return false;
                }
            }

            return true;
        }, Cancel);

        // What came before and after is there to be read beside it: how fast a machine is that does other things is nothing to assert.
        await after.RunAsync(GatewayStage.InReplica, mayFail: false, Measured / 2, Cancel);
        SwitchingBench.Say(
            $"| {fault} | in the replica: quiet {quiet.Latencies} of {quiet.Latencies.Count}, now {load.Latencies} of {load.Latencies.Count}, afterwards {after.Latencies}, {load.Failures.Count} failures | not in it: 503 {load.Count(503)}, 200 {load.Count(200)}, {load.LatenciesBeside} " +
            $"| store asked {asked.Sum(times => times.Count)} times for {asked.Count} of {missing.Count} blobs, one at most {asked.Select(times => times.Count).DefaultIfEmpty().Max()} times | mended after {mended.TotalSeconds:0.0} s |");
        Assert.Multiple(
            () => Assert.Empty(quiet.Failures.Concat(after.Failures)),
            () => Assert.Empty(load.Failures),
            () => Assert.True(load.Latencies.P99 <= LongestStall, $"p99 is {load.Latencies.P99}: visitors of what is here wait for the store"),
            () => Assert.True(load.Count(503) > 0, "nobody met the fault"),
            () => Assert.True(load.LatenciesBeside.Longest <= LongestWait, $"somebody waited for {load.LatenciesBeside.Longest}"),
            () => Assert.All(asked, times => Assert.All(times.Zip(times.Skip(1)), pair => Assert.True(Stopwatch.GetElapsedTime(pair.First, pair.Second) >= RetryInterval, "a blob was asked for again too soon"))));
    }
}

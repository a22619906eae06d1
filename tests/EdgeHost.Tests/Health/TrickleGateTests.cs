using EdgeHost.Health;
using Microsoft.Extensions.Time.Testing;

namespace EdgeHost.Tests.Health;

public sealed class TrickleGateTests
{
    [Fact]
    public void Lets_one_through_at_a_time_and_one_in_each_interval()
    {
        var clock = new FakeTimeProvider(Some.Time);
        var gate = new TrickleGate(clock);
        var interval = TimeSpan.FromSeconds(1);

        Assert.True(gate.TryBegin(interval));
        clock.Advance(interval);
        Assert.False(gate.TryBegin(interval));
        gate.End();
        Assert.True(gate.TryBegin(interval));
        gate.End();
        Assert.False(gate.TryBegin(interval));
        clock.Advance(interval);
        Assert.True(gate.TryBegin(interval));
    }

    [Fact]
    public void Many_at_once_are_one()
    {
        var gate = new TrickleGate(TimeProvider.System);
        var let = 0;

        Parallel.For(0, 1000, _ => Interlocked.Add(ref let, gate.TryBegin(TimeSpan.FromHours(1)) ? 1 : 0));

        Assert.Equal(1, let);
    }
}

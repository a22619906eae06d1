using EdgeHost.Counting;
using EdgeHost.Decisions;
using Microsoft.Extensions.Time.Testing;

namespace EdgeHost.Tests.Counting;

public sealed class RequestCountsTests
{
    private readonly FakeTimeProvider clock = new(Some.Time);

    [Fact]
    public void Every_decision_and_reason_has_a_count_of_its_own()
    {
        var counts = new RequestCounts(clock);
        var times = 0;
        foreach (var decision in All())
        {
            times++;
            for (var i = 0; i < times; i++)
            {
                counts.Count(decision);
            }
        }

        Assert.Equal(All().Select((decision, n) => new DecisionCount(decision.Kind, decision.Reason, n + 1)), counts.All);
        Assert.Equal(times * (times + 1) / 2, counts.Total);
    }

    [Fact]
    public async Task Nothing_is_lost_when_many_count_at_once()
    {
        var counts = new RequestCounts(clock);
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(
            () =>
            {
                for (var i = 0; i < 50_000; i++)
                {
                    counts.Count(new Decision(DecisionKind.Snapshot, DecisionReason.Rescue));
                }
            },
            TestContext.Current.CancellationToken)));

        Assert.Equal([new DecisionCount(DecisionKind.Snapshot, DecisionReason.Rescue, 400_000)], counts.All);
    }

    [Fact]
    public void Counting_allocates_nothing()
    {
        var counts = new RequestCounts(clock);
        counts.Count(new Decision(DecisionKind.Live, DecisionReason.OriginUsable));
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1000; i++)
        {
            counts.Count(new Decision(DecisionKind.Live, DecisionReason.OriginUsable));
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public void The_rate_is_that_of_the_last_minute()
    {
        var counts = new RequestCounts(clock);
        for (var second = 0; second < 300; second++)
        {
            // Three a second for two minutes, one a second after that.
            for (var i = 0; i < (second < 120 ? 3 : 1); i++)
            {
                counts.Count(new Decision(DecisionKind.Live, DecisionReason.OriginUsable));
            }

            clock.Advance(TimeSpan.FromSeconds(1));
            if (second % 5 == 4)
            {
                counts.Sample();
            }

            if (second == 119)
            {
                Assert.Equal(3, counts.PerSecond, 6);
            }
        }

        Assert.Equal(1, counts.PerSecond, 6);
        clock.Advance(TimeSpan.FromSeconds(5));
        counts.Sample();
        Assert.InRange(counts.PerSecond, 0.8, 0.95);
        for (var i = 0; i < 12; i++)
        {
            clock.Advance(TimeSpan.FromSeconds(5));
            counts.Sample();
        }

        Assert.Equal(0, counts.PerSecond);
    }

    [Fact]
    public void The_first_request_after_a_start_is_no_flood()
    {
        var counts = new RequestCounts(clock);
        clock.Advance(TimeSpan.FromMilliseconds(1));
        counts.Count(new Decision(DecisionKind.Live, DecisionReason.OriginUsable));

        Assert.Equal(0.2, counts.PerSecond);
        clock.Advance(TimeSpan.FromSeconds(20));
        Assert.Equal(0.05, counts.PerSecond, 3);
    }

    private static IEnumerable<Decision> All() =>
        from kind in Enum.GetValues<DecisionKind>() from reason in Enum.GetValues<DecisionReason>() select new Decision(kind, reason);
}

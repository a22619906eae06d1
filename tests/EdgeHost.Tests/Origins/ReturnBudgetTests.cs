using EdgeHost.Origins;
using Microsoft.Extensions.Time.Testing;

namespace EdgeHost.Tests.Origins;

public sealed class ReturnBudgetTests
{
    private readonly FakeTimeProvider clock = new(Some.Time);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(50)]
    [InlineData(1000)]
    public void Gives_the_rate_and_a_quarter_of_a_second_more_at_once(int perSecond)
    {
        var budget = new ReturnBudget(clock);
        var given = 0;
        for (var i = 0; i < 10_000; i++)
        {
            clock.Advance(TimeSpan.FromMilliseconds(1));
            while (budget.TryTake(perSecond, isCovered: false))
            {
                given++;
            }
        }

        Assert.InRange(given, (perSecond * 10) - 1, (perSecond * 10) + Math.Max(1, perSecond / 4) + 1);
    }

    [Fact]
    public void Keeps_a_fifth_for_what_no_snapshot_can_answer()
    {
        var budget = new ReturnBudget(clock);
        clock.Advance(TimeSpan.FromSeconds(10));
        var covered = 0;
        while (budget.TryTake(400, isCovered: true))
        {
            covered++;
        }

        var others = 0;
        while (budget.TryTake(400, isCovered: false))
        {
            others++;
        }

        Assert.Equal((80, 20), (covered, others));
    }

    [Fact]
    public void A_low_rate_serves_covered_pages_too()
    {
        var budget = new ReturnBudget(clock);
        clock.Advance(TimeSpan.FromSeconds(1));

        Assert.True(budget.TryTake(1, isCovered: true));
        Assert.False(budget.TryTake(1, isCovered: true));
    }
}

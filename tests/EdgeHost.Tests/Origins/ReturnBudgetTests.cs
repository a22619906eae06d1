using EdgeHost.Origins;
using Microsoft.Extensions.Time.Testing;

namespace EdgeHost.Tests.Origins;

public sealed class ReturnBudgetTests
{
    private readonly FakeTimeProvider clock = new(Some.Time);
    private int visitor = 1;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(50)]
    [InlineData(1000)]
    public void Gives_no_more_in_any_second_and_little_less_in_the_long_run(int perSecond)
    {
        var budget = new ReturnBudget(clock);
        var given = new List<long>();
        for (var i = 0; i < 10_000; i++)
        {
            clock.Advance(TimeSpan.FromMilliseconds(1));
            while (budget.TryTake(perSecond, isCovered: false, visitor++) || budget.TryTake(perSecond, isCovered: true, visitor++))
            {
                given.Add(i);
            }
        }

        Assert.InRange(given.Count, perSecond * 9, perSecond * 10);
        Assert.All(Enumerable.Range(0, given.Count - perSecond), first => Assert.True(given[first + perSecond] - given[first] >= 1000));
    }

    [Theory]
    [InlineData(true, 320, 80)]
    [InlineData(false, 360, 40)]
    public void Each_kind_leaves_the_other_a_part(bool isCovered, int first, int second)
    {
        var budget = new ReturnBudget(clock);
        var (most, rest) = (0, 0);
        for (var i = 0; i < 10; i++)
        {
            most += Take(isCovered);
            rest += i < 5 ? 0 : Take(!isCovered);
            clock.Advance(TimeSpan.FromMilliseconds(100));
        }

        Assert.Equal((first, second), (most, rest));

        int Take(bool kind)
        {
            var taken = 0;
            while (budget.TryTake(400, kind, visitor++))
            {
                taken++;
            }

            return taken;
        }
    }

    [Fact]
    public void A_low_rate_serves_covered_pages_too()
    {
        var budget = new ReturnBudget(clock);
        clock.Advance(TimeSpan.FromSeconds(1));

        Assert.True(budget.TryTake(1, isCovered: true, visitor));
        Assert.False(budget.TryTake(1, isCovered: true, visitor));
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 1)]
    [InlineData(3, 2)]
    [InlineData(50, 25)]
    public void One_network_leaves_half_to_the_others(int perSecond, int own)
    {
        var budget = new ReturnBudget(clock);
        for (var window = 0; window < 5; window++)
        {
            var (first, others) = (0, 0);
            for (var i = 0; i < 11; i++)
            {
                while (budget.TryTake(perSecond, isCovered: false, visitor: 1))
                {
                    first++;
                }

                while (i > 5 && budget.TryTake(perSecond, isCovered: false, visitor: 3))
                {
                    others++;
                }

                clock.Advance(TimeSpan.FromMilliseconds(100));
            }

            Assert.Equal((own, perSecond - (perSecond / 10) - own), (first, others));
        }
    }
}

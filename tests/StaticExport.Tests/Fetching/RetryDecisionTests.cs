using StaticExport.Fetching;
using Xunit;

namespace StaticExport.Tests.Fetching;

public sealed class RetryDecisionTests
{
    [Theory]
    [InlineData(1, true, 0.5)]
    [InlineData(2, true, 1)]
    [InlineData(3, false, 0)]
    public void Waits_longer_each_time_and_gives_up(int tries, bool again, double seconds) =>
        Assert.Equal(new RetryDecision(again, TimeSpan.FromSeconds(seconds)), RetryDecision.For(new FetchFailure(FetchFailureKind.ServerError, ""), tries, retries: 2));

    [Theory]
    [InlineData(nameof(FetchFailureKind.TooLarge))]
    [InlineData(nameof(FetchFailureKind.Bomb))]
    [InlineData(nameof(FetchFailureKind.InvalidAnswer))]
    public void Does_not_ask_again_for_what_would_be_the_same(string kind) =>
        Assert.False(RetryDecision.For(new FetchFailure(Enum.Parse<FetchFailureKind>(kind), ""), 1, retries: 2).Again);

    [Fact]
    public void Waits_as_long_as_the_origin_asks_within_reason()
    {
        Assert.Equal(TimeSpan.FromSeconds(7), RetryDecision.For(new FetchFailure(FetchFailureKind.Throttled, "", TimeSpan.FromSeconds(7)), 1, 2).Pause);
        Assert.False(RetryDecision.For(new FetchFailure(FetchFailureKind.Throttled, "", TimeSpan.FromHours(1)), 1, 2).Again);
    }
}

using EdgeHost.Replicas;
using Microsoft.Extensions.Time.Testing;

namespace EdgeHost.Tests.Replicas;

public sealed class StoreBreakerTests
{
    private readonly FakeTimeProvider clock = new(Some.Time);
    private readonly StoreBreaker breaker;

    public StoreBreakerTests() => breaker = new StoreBreaker(clock);

    [Fact]
    public void Opens_after_five_failures_in_a_row_and_says_so_once()
    {
        Assert.Equal([BreakerTurn.None, BreakerTurn.None, BreakerTurn.None, BreakerTurn.None, BreakerTurn.Opened], Enumerable.Range(0, 5).Select(_ => Ask(BreakerResult.Failed)));

        Assert.Equal(BreakerPhase.Open, breaker.Phase);
        Assert.False(breaker.MayEnter);
        Assert.False(breaker.TryEnter(out _));
    }

    [Fact]
    public void A_success_between_failures_keeps_it_closed()
    {
        for (var i = 0; i < 20; i++)
        {
            Ask(i % 5 == 4 ? BreakerResult.Answered : BreakerResult.Failed);
        }

        Assert.Equal(BreakerPhase.Closed, breaker.Phase);
    }

    [Fact]
    public void Failures_that_are_far_apart_keep_it_closed()
    {
        for (var i = 0; i < 20; i++)
        {
            Ask(BreakerResult.Failed);
            clock.Advance(TimeSpan.FromSeconds(30));
        }

        Assert.Equal(BreakerPhase.Closed, breaker.Phase);
    }

    [Fact]
    public void Lets_one_through_after_a_while_and_closes_when_that_is_answered()
    {
        Open();
        clock.Advance(StoreBreaker.OpenFor - TimeSpan.FromTicks(1));
        Assert.False(breaker.TryEnter(out _));

        clock.Advance(TimeSpan.FromTicks(1));
        Assert.True(breaker.TryEnter(out var probe));
        Assert.Equal(BreakerPhase.HalfOpen, breaker.Phase);
        Assert.False(breaker.TryEnter(out _));

        Assert.Equal(BreakerTurn.Closed, breaker.Report(probe, BreakerResult.Answered));
        Assert.True(breaker.TryEnter(out _));
        Assert.True(breaker.TryEnter(out _));
    }

    [Fact]
    public void Stays_open_when_that_fails_without_a_word()
    {
        Open();
        clock.Advance(StoreBreaker.OpenFor);

        Assert.Equal(BreakerTurn.None, Ask(BreakerResult.Failed));

        Assert.Equal(BreakerPhase.Open, breaker.Phase);
        Assert.False(breaker.TryEnter(out _));
        clock.Advance(StoreBreaker.OpenFor);
        Assert.True(breaker.TryEnter(out _));
    }

    [Fact]
    public void A_probe_that_is_given_up_leaves_its_place_to_another()
    {
        Open();
        clock.Advance(StoreBreaker.OpenFor);

        Ask(BreakerResult.Abandoned);

        Assert.True(breaker.TryEnter(out _));
    }

    [Theory]
    [InlineData(nameof(BreakerResult.Answered))]
    [InlineData(nameof(BreakerResult.Failed))]
    [InlineData(nameof(BreakerResult.Abandoned))]
    public void What_was_asked_before_it_opened_turns_nothing(string late)
    {
        Assert.True(breaker.TryEnter(out var early));
        Open();
        clock.Advance(StoreBreaker.OpenFor);
        Assert.True(breaker.TryEnter(out _));

        Assert.Equal(BreakerTurn.None, breaker.Report(early, Enum.Parse<BreakerResult>(late)));

        Assert.Equal(BreakerPhase.HalfOpen, breaker.Phase);
        Assert.False(breaker.TryEnter(out _));
    }

    private void Open()
    {
        for (var i = 0; i < 5; i++)
        {
            Ask(BreakerResult.Failed);
        }
    }

    private BreakerTurn Ask(BreakerResult result)
    {
        Assert.True(breaker.TryEnter(out var ticket));
        return breaker.Report(ticket, result);
    }
}

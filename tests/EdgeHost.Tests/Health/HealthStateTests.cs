using CsCheck;
using EdgeHost.Health;
using Microsoft.Extensions.Time.Testing;

namespace EdgeHost.Tests.Health;

public sealed class HealthStateTests
{
    private readonly FakeTimeProvider clock = new(Some.Time);

    [Fact]
    public void Is_down_after_so_many_failures_in_a_row()
    {
        var state = Some.Health(fall: 3, clock: clock);

        Assert.False(Fail(state));
        Assert.False(Fail(state));
        Assert.False(state.IsDown);
        Assert.True(Fail(state));
        Assert.True(state.IsDown);
        Assert.False(Fail(state));
    }

    [Fact]
    public void A_passed_request_starts_the_count_anew()
    {
        var state = Some.Health(fall: 2, clock: clock);
        Fail(state);
        state.RequestPassed();
        Fail(state);

        Assert.False(state.IsDown);
    }

    [Fact]
    public void Is_up_after_so_many_passed_probes_in_a_row()
    {
        var state = Down(rise: 2);

        Assert.False(state.ProbePassed());
        state.Failed(OriginFailure.HeadersTimeout, isProbe: true);
        Assert.False(state.ProbePassed());
        Assert.True(state.IsDown);
        Assert.True(state.ProbePassed());
        Assert.False(state.IsDown);
    }

    [Fact]
    public void A_late_answer_is_no_recovery_and_a_late_failure_no_relapse()
    {
        var state = Down(rise: 2);
        for (var i = 0; i < 10; i++)
        {
            state.RequestPassed();
        }

        Assert.True(state.IsDown);
        state.ProbePassed();
        state.Failed(OriginFailure.ConnectionClosed, isProbe: false);
        Assert.True(state.ProbePassed());
    }

    [Fact]
    public void Starts_anew_after_recovery()
    {
        var state = Down(fall: 2, rise: 1);
        state.Failed(OriginFailure.ConnectionClosed, isProbe: true);
        state.ProbePassed();

        Assert.False(Fail(state));
        Assert.True(Fail(state));
    }

    [Fact]
    public void Says_since_when_and_why()
    {
        var state = Some.Health(fall: 1, rise: 1, clock: clock);
        Assert.Equal(new HealthReport(false, Some.Time, OriginFailure.None), state.Report());

        clock.Advance(TimeSpan.FromMinutes(1));
        state.Failed(OriginFailure.ConnectionRefused, isProbe: false);
        clock.Advance(TimeSpan.FromMinutes(1));
        state.Failed(OriginFailure.ConnectTimeout, isProbe: true);
        Assert.Equal(new HealthReport(true, Some.Time.AddMinutes(1), OriginFailure.ConnectTimeout), state.Report());

        clock.Advance(TimeSpan.FromMinutes(1));
        state.ProbePassed();
        Assert.Equal(new HealthReport(false, Some.Time.AddMinutes(3), OriginFailure.ConnectTimeout), state.Report());
    }

    [Fact]
    public void New_thresholds_hold_from_the_next_event_on()
    {
        var state = Some.Health(fall: 5, clock: clock);
        Fail(state);
        state.Thresholds = new HealthThresholds(2, 1);

        Assert.True(Fail(state));
        Assert.True(state.ProbePassed());
    }

    [Fact]
    public void Follows_its_rule_through_any_sequence()
    {
        // 0: a request passed, 1: a request failed, 2: a probe passed, 3: a probe failed. The model keeps whole histories and counts backwards.
        Gen.Select(Gen.Int[1, 5], Gen.Int[1, 4], Gen.Int[0, 3].List[0, 60]).Sample((fall, rise, events) =>
        {
            var state = Some.Health(fall, rise, clock);
            var down = false;
            var since = new List<int>();
            foreach (var next in events)
            {
                since.Add(next);
                var turned = next switch
                {
                    0 => Ignore(state.RequestPassed),
                    1 => state.Failed(OriginFailure.ServerError, isProbe: false),
                    2 => state.ProbePassed(),
                    _ => state.Failed(OriginFailure.ServerError, isProbe: true),
                };
                var turns = down
                    ? next == 2 && since.Where(e => e >= 2).Reverse().TakeWhile(e => e == 2).Count() >= rise
                    : next is 1 or 3 && since.AsEnumerable().Reverse().TakeWhile(e => e is 1 or 3).Count() >= fall;
                if (turns)
                {
                    down = !down;
                    since.Clear();
                }

                if (turned != turns || state.IsDown != down)
                {
                    return false;
                }
            }

            return true;
        });
    }

    [Fact]
    public void Many_at_once_turn_it_once()
    {
        var state = Some.Health(fall: 3, clock: clock);
        var turns = 0;

        Parallel.For(0, 1000, _ =>
        {
            if (Fail(state))
            {
                Interlocked.Increment(ref turns);
            }
        });

        Assert.Equal(1, turns);
    }

    private static bool Fail(HealthState state) => state.Failed(OriginFailure.GatewayError, isProbe: false);

    private static bool Ignore(Action action)
    {
        action();
        return false;
    }

    private HealthState Down(int fall = 1, int rise = 2)
    {
        var state = Some.Health(fall, rise, clock);
        for (var i = 0; i < fall; i++)
        {
            Fail(state);
        }

        return state;
    }
}

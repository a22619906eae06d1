using CsCheck;
using EdgeHost.Health;
using Microsoft.Extensions.Time.Testing;

namespace EdgeHost.Tests.Health;

public sealed class HealthStateTests
{
    private static readonly HealthRules Rules = new();

    private readonly FakeTimeProvider clock = new(Some.Time);
    private readonly HealthState state;

    public HealthStateTests() => state = new HealthState(Rules, clock);

    [Fact]
    public void Is_suspected_at_the_first_failure_and_asked_on()
    {
        Assert.Equal(new HealthTurn(HealthPhase.Live, HealthPhase.Suspect, OriginFailure.ServerError), Fail());
        Assert.Equal(100, state.Current.LivePercent);
    }

    [Fact]
    public void Turns_once_enough_paths_have_failed_for_long_enough()
    {
        Fail(path: 1);
        Fail(path: 2);
        Assert.Null(Fail(path: 3));
        Advance(0.299);
        Assert.Null(state.Tick());
        Advance(0.001);

        Assert.Equal(new HealthTurn(HealthPhase.Suspect, HealthPhase.Snapshot, OriginFailure.ServerError), state.Tick());
        Assert.Equal(0, state.Current.LivePercent);
    }

    [Fact]
    public void One_page_that_always_fails_turns_nothing()
    {
        for (var i = 0; i < 1000; i++)
        {
            Fail(path: 1);
            Advance(0.1);
            Assert.NotEqual(HealthPhase.Snapshot, state.Current.Phase);
        }
    }

    [Fact]
    public void Probes_in_a_row_turn_it_without_any_visitor()
    {
        Fail(EvidenceKind.Probe);
        Advance(60);
        state.Tick();
        Fail(EvidenceKind.Probe);
        Advance(60);
        state.Tick();
        Assert.NotEqual(HealthPhase.Snapshot, state.Current.Phase);
        Fail(EvidenceKind.Probe);
        Advance(0.3);
        state.Tick();

        Assert.Equal(HealthPhase.Snapshot, state.Current.Phase);
    }

    [Fact]
    public void A_passed_probe_starts_their_count_anew()
    {
        Fail(EvidenceKind.Probe);
        Fail(EvidenceKind.Probe);
        Pass(EvidenceKind.Probe);
        Fail(EvidenceKind.Probe);
        Advance(1);
        state.Tick();

        Assert.NotEqual(HealthPhase.Snapshot, state.Current.Phase);
    }

    [Theory]
    [InlineData(6, false)] // of 14, a minority
    [InlineData(8, true)] // of 16, half
    public void Half_of_the_answers_is_where_it_turns(int failures, bool turns)
    {
        for (var i = 0; i < failures; i++)
        {
            Fail(path: i);
        }

        for (var i = 0; i < 8; i++)
        {
            Pass();
        }

        Advance(0.3);

        Assert.Equal(turns ? HealthPhase.Snapshot : HealthPhase.Live, state.Tick()!.Value.To);
    }

    [Fact]
    public void Files_that_still_answer_do_not_hide_pages_that_fail()
    {
        for (var i = 0; i < 3; i++)
        {
            Fail(path: i);
        }

        for (var i = 0; i < 1000; i++)
        {
            Pass(EvidenceKind.Asset);
        }

        Advance(0.3);

        Assert.Equal(HealthPhase.Snapshot, state.Tick()!.Value.To);
    }

    [Fact]
    public void A_doubt_that_nothing_confirms_is_forgotten()
    {
        Fail();
        Advance(10);

        Assert.Equal(HealthPhase.Live, state.Tick()!.Value.To);
        Assert.Equal(0, state.Report().Failures);
    }

    [Fact]
    public void What_was_sent_before_a_turn_and_comes_late_changes_nothing()
    {
        var before = clock.GetTimestamp();
        Advance(0.1);
        ToSnapshot();
        for (var i = 0; i < Rules.Rise; i++)
        {
            state.Record(new HealthEvidence(EvidenceKind.Probe, OriginFailure.None, 0, HealthEvidence.Ourselves, before));
        }

        Advance(60);
        Assert.Null(state.Tick());

        ToRecovering();
        Assert.Null(state.Record(new HealthEvidence(EvidenceKind.Probe, OriginFailure.ConnectionRefused, 0, HealthEvidence.Ourselves, before)));
        Assert.Equal(HealthPhase.Recovering, state.Current.Phase);
    }

    [Fact]
    public void Returns_after_its_dwell_and_enough_probes_by_the_ramp()
    {
        ToSnapshot();
        for (var i = 0; i < Rules.Rise; i++)
        {
            Assert.Null(Pass(EvidenceKind.Probe));
        }

        Assert.True(state.Current.MayTrickle);
        Advance(4.999);
        Assert.Null(state.Tick());
        Advance(0.001);
        Assert.Equal(new HealthTurn(HealthPhase.Snapshot, HealthPhase.Recovering, OriginFailure.ServerError), state.Tick());
        foreach (var percent in Rules.Ramp)
        {
            Assert.Equal(percent, state.Current.LivePercent);
            Advance(9.999);
            Assert.Null(state.Tick());
            Advance(0.001);
            state.Tick();
        }

        Assert.Equal((HealthPhase.Live, 100), (state.Current.Phase, state.Current.LivePercent));
    }

    [Fact]
    public void A_failed_probe_starts_the_count_of_passed_ones_anew()
    {
        ToSnapshot();
        for (var i = 0; i < Rules.Rise - 1; i++)
        {
            Pass(EvidenceKind.Probe);
        }

        Fail(EvidenceKind.Probe);
        Assert.False(state.Current.MayTrickle);
        Pass(EvidenceKind.Probe);
        Advance(60);

        Assert.Null(state.Tick());
    }

    [Theory]
    [InlineData("Probe", "GatewayError")]
    [InlineData("Document", "ConnectionRefused")]
    public void The_first_regression_ends_the_return(string kind, string failure)
    {
        ToRecovering();

        Assert.Equal(HealthPhase.Snapshot, Fail(Enum.Parse<EvidenceKind>(kind), failure: Enum.Parse<OriginFailure>(failure))!.Value.To);
    }

    [Fact]
    public void A_page_that_has_broken_meanwhile_does_not_keep_its_site_from_returning()
    {
        ToRecovering();
        for (var i = 0; i < 39; i++)
        {
            Assert.Null(Fail(path: 7));
            Advance(1);
            state.Tick();
        }

        Assert.Equal(HealthPhase.Recovering, state.Current.Phase);
        Assert.Equal(HealthPhase.Snapshot, Fail(path: 8)!.Value.To);
    }

    [Fact]
    public void Nor_do_several_where_most_is_well()
    {
        ToRecovering();
        for (var i = 0; i < 40; i++)
        {
            Fail(path: 7);
            for (var pass = 0; pass < 5; pass++)
            {
                Pass();
            }

            Fail(path: 8);
            Advance(1);
            state.Tick();
        }

        Assert.Equal(HealthPhase.Live, state.Current.Phase);
    }

    [Fact]
    public void Everything_that_fails_ends_the_return_however_much_was_well_before()
    {
        ToRecovering();
        for (var i = 0; i < 1000; i++)
        {
            Pass();
        }

        Fail(path: 1);
        Fail(path: 2);
        Assert.Null(Fail(path: 3));
        Advance(Rules.SuspectDwell.TotalSeconds);
        Assert.Equal(new HealthTurn(HealthPhase.Recovering, HealthPhase.Snapshot, OriginFailure.ServerError), state.Tick());
    }

    [Fact]
    public void Everything_that_fails_ends_the_return_though_the_probes_pass()
    {
        ToRecovering();
        for (var i = 0; i < 3; i++)
        {
            Fail(path: i);
            for (var probe = 0; probe < 5; probe++)
            {
                Pass(EvidenceKind.Probe);
                Advance(0.5);
            }
        }

        Assert.Equal(HealthPhase.Snapshot, state.Current.Phase);
    }

    [Fact]
    public void Two_visitors_turn_it_where_the_edge_has_not_looked()
    {
        FailTwo();
        Assert.True(state.LacksWitness);
        Advance(0.3);

        Assert.Equal(HealthPhase.Snapshot, state.Tick()!.Value.To);
    }

    [Theory]
    [InlineData(4, "Live")]
    // Too few are left.
    [InlineData(2, "Suspect")]
    // Enough are.
    [InlineData(1, "Snapshot")]
    public void What_the_edge_finds_well_itself_no_visitors_turn(int well, string phase)
    {
        FailTwo();
        Advance(0.1);
        for (var path = 1; path <= well; path++)
        {
            Pass(path: path);
            Fail(path: path, visitor: 11);
        }

        Advance(0.3);
        state.Tick();

        Assert.Equal(Enum.Parse<HealthPhase>(phase), state.Current.Phase);
    }

    [Fact]
    public void What_the_edge_then_fails_on_counts_again()
    {
        FailTwo();
        Advance(0.1);
        for (var path = 1; path <= 3; path++)
        {
            Pass(path: path);
            Fail(path: path);
        }

        Advance(0.2);

        Assert.Equal(HealthPhase.Snapshot, state.Tick()!.Value.To);
    }

    [Fact]
    public void What_the_edge_asked_for_before_clears_nothing()
    {
        var before = clock.GetTimestamp();
        Advance(0.1);
        FailTwo();
        for (var path = 1; path <= 4; path++)
        {
            state.Record(new HealthEvidence(EvidenceKind.Document, OriginFailure.None, path, HealthEvidence.Ourselves, before));
        }

        Advance(0.3);

        Assert.Equal(HealthPhase.Snapshot, state.Tick()!.Value.To);
    }

    [Fact]
    public void Stays_longer_with_each_flap_and_forgets_them_when_it_stays_live()
    {
        var stays = new List<double>();
        for (var i = 0; i < 9; i++)
        {
            ToSnapshot();
            stays.Add(state.Report().Remaining.TotalSeconds);
            ToLive();
            Advance(1);
        }

        Assert.Equal([5, 10, 20, 40, 80, 160, 300, 300, 300], stays);

        Advance(Rules.FlapMemory.TotalSeconds * 20);
        ToSnapshot();
        Assert.Equal(5, state.Report().Remaining.TotalSeconds);
    }

    [Fact]
    public void A_site_that_has_returned_is_not_suspected_within_its_dwell()
    {
        ToSnapshot();
        ToLive();
        for (var i = 0; i < 5; i++)
        {
            Assert.Null(Fail(path: i));
        }

        Advance(0.999);
        Assert.Null(state.Tick());
        Advance(0.001);
        Assert.Equal(HealthPhase.Suspect, state.Tick()!.Value.To);
    }

    [Fact]
    public void While_the_probe_is_wrong_requests_stand_in_for_it_one_in_each_second()
    {
        ToSnapshot();
        state.Trust(ProbeTrust.Wrong);
        Assert.True(state.Current.MayTrickle);
        for (var i = 0; i < Rules.Rise; i++)
        {
            Assert.Equal(i, state.Report().Passes);
            Advance(1);
            Pass();
            Pass();
        }

        Assert.Equal(HealthPhase.Recovering, state.Current.Phase);
    }

    [Fact]
    public void What_no_single_request_proves_turns_it_at_once()
    {
        Assert.Equal(HealthPhase.Snapshot, state.Convict(OriginFailure.GatewayError)!.Value.To);
        Assert.Null(state.Convict(OriginFailure.GatewayError));
    }

    [Fact]
    public void Many_at_once_turn_it_once()
    {
        var turns = 0;
        for (var i = 0; i < 5; i++)
        {
            Parallel.For(0, 200, n => Interlocked.Add(ref turns, Fail(path: n) is { To: HealthPhase.Snapshot } ? 1 : 0));
            Advance(0.1);
        }

        Assert.Equal(1, turns);
    }

    /// <summary>A step of a random life: so many milliseconds pass, and then this is met, or nothing is.</summary>
    private static readonly Gen<List<(int Wait, int Met, int Path)>> Lives = Gen.Select(Gen.Int[0, 3000], Gen.Int[0, 6], Gen.Int[0, 6]).List[0, 300];

    [Fact]
    public void No_turn_is_ever_within_a_dwell() => Lives.Sample(life =>
    {
        var (state, clock) = New();
        var at = clock.GetUtcNow();
        var returned = false;
        foreach (var (wait, met, path) in life)
        {
            clock.Advance(TimeSpan.FromMilliseconds(wait));
            foreach (var next in new Func<HealthTurn?>[] { state.Tick, () => Meet(state, clock, met, path) })
            {
                if (next() is not { } turned)
                {
                    continue;
                }

                var stayed = clock.GetUtcNow() - at;
                var least = turned switch
                {
                    (HealthPhase.Live, HealthPhase.Suspect, _) => returned ? Rules.LiveDwell : TimeSpan.Zero,
                    (HealthPhase.Suspect, _, _) => Rules.SuspectDwell,
                    (HealthPhase.Snapshot, HealthPhase.Recovering, _) => Rules.SnapshotDwell,
                    (HealthPhase.Recovering, HealthPhase.Live, _) => Rules.RampDwell * Rules.Ramp.Length,
                    (HealthPhase.Recovering, HealthPhase.Snapshot, _) => TimeSpan.Zero,
                    _ => TimeSpan.MaxValue,
                };
                if (stayed < least || turned.To != state.Current.Phase)
                {
                    return false;
                }

                at = clock.GetUtcNow();
                returned |= turned.From == HealthPhase.Recovering;
            }
        }

        return true;
    });

    [Fact]
    public void Never_stays_live_when_everything_fails() => Lives.Sample(life =>
    {
        var (state, clock) = Lived(life);
        var until = clock.GetUtcNow() + Rules.SuspectWindow + Rules.SuspectDwell + Rules.LiveDwell + TimeSpan.FromSeconds(1);
        for (var path = 0; clock.GetUtcNow() < until; path = (path + 1) % 5)
        {
            clock.Advance(TimeSpan.FromMilliseconds(100));
            state.Record(new HealthEvidence(EvidenceKind.Document, OriginFailure.HeadersTimeout, path, HealthEvidence.Ourselves, clock.GetTimestamp()));
        }

        return state.Current is { Phase: HealthPhase.Snapshot, LivePercent: 0 };
    });

    [Fact]
    public void Is_never_stuck_once_everything_is_well() => Lives.Sample(life =>
    {
        var (state, clock) = Lived(life);
        var until = clock.GetUtcNow() + Rules.LongestSnapshotDwell + (Rules.Ramp.Length * Rules.RampDwell) + TimeSpan.FromSeconds(30);
        while (clock.GetUtcNow() < until)
        {
            clock.Advance(TimeSpan.FromSeconds(1));
            state.Record(new HealthEvidence(EvidenceKind.Probe, OriginFailure.None, 0, HealthEvidence.Ourselves, clock.GetTimestamp()));
            state.Tick();
        }

        return state.Current is { Phase: HealthPhase.Live, LivePercent: 100 };
    });

    [Fact]
    public void Clients_and_passes_alone_never_turn_it() => Gen.Int[0, 2].List[0, 200].Sample(kinds =>
    {
        var (state, clock) = New();
        return kinds.All(kind =>
        {
            clock.Advance(TimeSpan.FromMilliseconds(250));
            return state.Record(new HealthEvidence((EvidenceKind)kind, OriginFailure.None, 1, HealthEvidence.Ourselves, clock.GetTimestamp())) is null && state.Tick() is null;
        });
    });

    private static (HealthState State, FakeTimeProvider Clock) New()
    {
        var clock = new FakeTimeProvider(Some.Time);
        return (new HealthState(Rules, clock), clock);
    }

    private static (HealthState State, FakeTimeProvider Clock) Lived(List<(int Wait, int Met, int Path)> life)
    {
        var (state, clock) = New();
        foreach (var (wait, met, path) in life)
        {
            clock.Advance(TimeSpan.FromMilliseconds(wait));
            state.Tick();
            Meet(state, clock, met, path);
        }

        return (state, clock);
    }

    private static HealthTurn? Meet(HealthState state, FakeTimeProvider clock, int met, int path) => met switch
    {
        6 => null,
        _ => state.Record(new HealthEvidence((EvidenceKind)(met / 2), met % 2 == 0 ? OriginFailure.None : OriginFailure.GatewayError, path, HealthEvidence.Ourselves, clock.GetTimestamp())),
    };

    private HealthTurn? Fail(EvidenceKind kind = EvidenceKind.Document, int path = 1, OriginFailure failure = OriginFailure.ServerError, int visitor = HealthEvidence.Ourselves) =>
        state.Record(new HealthEvidence(kind, failure, path, visitor, clock.GetTimestamp()));

    private HealthTurn? Pass(EvidenceKind kind = EvidenceKind.Document, int path = 1) => state.Record(new HealthEvidence(kind, OriginFailure.None, path, HealthEvidence.Ourselves, clock.GetTimestamp()));

    /// <summary>Two networks fail on four paths.</summary>
    private void FailTwo()
    {
        for (var path = 1; path <= 4; path++)
        {
            Fail(path: path, visitor: 11);
            Fail(path: path, visitor: 13);
        }
    }

    private void Advance(double seconds) => clock.Advance(TimeSpan.FromSeconds(seconds));

    private void ToSnapshot()
    {
        for (var i = 0; i < 3; i++)
        {
            Fail(path: i);
        }

        Advance(0.3);
        state.Tick();
        Assert.Equal(HealthPhase.Snapshot, state.Current.Phase);
    }

    private void ToRecovering()
    {
        if (state.Current.Phase != HealthPhase.Snapshot)
        {
            ToSnapshot();
        }

        for (var i = 0; i < Rules.Rise; i++)
        {
            Pass(EvidenceKind.Probe);
        }

        Advance(300);
        state.Tick();
        Assert.Equal(HealthPhase.Recovering, state.Current.Phase);
    }

    private void ToLive()
    {
        ToRecovering();
        for (var i = 0; i < Rules.Ramp.Length; i++)
        {
            Advance(10);
            state.Tick();
        }

        Assert.Equal(HealthPhase.Live, state.Current.Phase);
    }
}

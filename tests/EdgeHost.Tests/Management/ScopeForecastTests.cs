using EdgeHost.Health;
using EdgeHost.Management.Explaining;

namespace EdgeHost.Tests.Management;

public sealed class ScopeForecastTests
{
    private static readonly ScopeForecast Ill = Of(HealthPhase.Snapshot, OriginFailure.ConnectionRefused, remaining: 3.2, passes: 2);

    [Fact]
    public void A_snapshot_lasts_for_its_dwell_and_its_probes_and_then_comes_the_ramp() => Assert.Equal(
        "Snapshot since 12:00:00Z (connection-refused): at least 4 s more; 2 of 5 probes in a row have passed; then 1, 5, 25 and 100 % of the visitors, 10 s each: live for all in about 44 s at the earliest.",
        Ill.Text);

    [Fact]
    public void What_takes_longer_counts_the_probes_that_are_missing_or_the_dwell()
    {
        var none = Ill with { Report = Ill.Report with { Passes = 0, Remaining = TimeSpan.Zero } };
        Assert.Contains(": its least time is over; 0 of 5 probes in a row have passed; ", none.Text, StringComparison.Ordinal);
        Assert.EndsWith(" about 45 s at the earliest.", none.Text, StringComparison.Ordinal);
        Assert.EndsWith(" about 90 s at the earliest.", (none with { ProbeInterval = TimeSpan.FromSeconds(10) }).Text, StringComparison.Ordinal);
        // More than enough may have passed before the dwell is over.
        Assert.Contains("; 5 of 5 probes ", (none with { Report = none.Report with { Passes = 9 } }).Text, StringComparison.Ordinal);
    }

    [Fact]
    public void It_says_what_stands_in_for_a_wrong_probe_what_it_waits_for_and_that_it_flaps()
    {
        Assert.Contains("its probe is a configuration error, so 2 of 5 requests, one in 1 s, have passed in its place; ", (Ill with { IsProbeWrong = true }).Text, StringComparison.Ordinal);
        Assert.Contains("; it is probed again when its origin can be reached; ", (Ill with { AwaitsOrigin = true }).Text, StringComparison.Ordinal);
        Assert.EndsWith(" at the earliest. It has flapped 2 times lately, and stays the longer for it.", (Ill with { Report = Ill.Report with { Flaps = 2 } }).Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(5, "5 % of the visitors get the platform, then 25 and 100 %, 10 s each: live for all in about 24 s, if nothing fails meanwhile.")]
    [InlineData(100, "100 % of the visitors get the platform: live for all in about 24 s, if nothing fails meanwhile.")]
    public void A_return_says_how_far_it_has_come(int percent, string rest)
    {
        var returning = Of(HealthPhase.Recovering, OriginFailure.ServerError, remaining: 23.5, passes: 5);
        Assert.Equal($"Returning since 12:00:00Z (server-error): {rest}", (returning with { Report = returning.Report with { View = returning.Report.View with { LivePercent = percent } } }).Text);
    }

    [Fact]
    public void A_suspicion_says_what_would_confirm_it_and_when_it_is_forgotten()
    {
        var suspect = Of(HealthPhase.Suspect, OriginFailure.HeadersTimeout, remaining: 0, passes: 0);
        Assert.Equal(
            "Suspect since 12:00:00Z (headers-timeout): 2 failures of 1 path, 1 failed probe in a row. It turns to the snapshot at 3 failures of 3 paths, met from 2 networks or by the edge itself, where those are 50 % of what is answered, or at 3 failed probes in a row; else it is forgotten in 7 s at most.",
            (suspect with { Report = suspect.Report with { Failures = 2, FailedPaths = 1, FailedProbes = 1 } }).Text);
        Assert.Contains(" or by the edge itself (too few have met them yet), where ", (suspect with { Report = suspect.Report with { LacksWitness = true } }).Text, StringComparison.Ordinal);
        // An origin that can't be reached is no visitor's doing.
        Assert.Contains(" 3 failures of 1 path, where ", (suspect with { Rules = new SwitchingOptions().ForOrigin(3, 5) }).Text, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_live_says_since_when_and_what_was_last_wrong()
    {
        var live = Of(HealthPhase.Live, OriginFailure.None, remaining: 0, passes: 0);
        Assert.Equal("Live since 12:00:00Z.", live.Text);
        Assert.Equal("By itself live since 12:00:00Z; its origin decides.", (live with { IsBelowIll = true }).Text);
        Assert.Equal("Live since 2026-01-31 12:00:00Z.", (live with { Now = Some.Time.AddDays(1) }).Text);
        Assert.Equal(
            "Live since 12:00:00Z; what last failed: tls; being weighed: 0 failures of 0 paths, 1 failed probe in a row.",
            (live with { Report = live.Report with { View = live.Report.View with { LastFailure = OriginFailure.Tls }, FailedProbes = 1 } }).Text);
    }

    private static ScopeForecast Of(HealthPhase phase, OriginFailure cause, double remaining, int passes) => new()
    {
        Report = new HealthReport
        {
            View = new HealthView(phase, Some.Time, cause, cause, phase == HealthPhase.Snapshot ? 0 : 100, MayTrickle: false, ByVerdict: false),
            Failures = 0,
            FailedPaths = 0,
            LacksWitness = false,
            FailedProbes = 0,
            Passes = passes,
            PassesNeeded = 5,
            Flaps = 0,
            Remaining = TimeSpan.FromSeconds(remaining),
        },
        Rules = new HealthRules(),
        ProbeInterval = TimeSpan.FromSeconds(1),
        Now = Some.Time.AddSeconds(3),
    };
}

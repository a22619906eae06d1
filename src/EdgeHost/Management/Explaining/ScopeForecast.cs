using EdgeHost.Health;

namespace EdgeHost.Management.Explaining;

/// <summary>Says of a scope where it is on the way to the snapshot and back, and what has to happen until it goes on. Times are the earliest that can be.</summary>
internal sealed record ScopeForecast
{
    public required HealthReport Report { get; init; }

    public required HealthRules Rules { get; init; }

    public required TimeSpan ProbeInterval { get; init; }

    public required DateTimeOffset Now { get; init; }

    /// <summary>Whether requests that find out count in the place of the probe, which is a configuration error.</summary>
    public bool IsProbeWrong { get; init; }

    /// <summary>Whether it is a site whose origin can't be reached: it is not probed until that can.</summary>
    public bool AwaitsOrigin { get; init; }

    /// <summary>Whether it is a site whose origin is not live, which decides for it.</summary>
    public bool IsBelowIll { get; init; }

    public string Text => Report.View.Phase switch
    {
        HealthPhase.Suspect => Suspect,
        HealthPhase.Snapshot => Snapshot,
        HealthPhase.Recovering => Recovering,
        _ => Live,
    };

    private string Since => Words.At(Report.View.Since, Now);

    private string Cause => Report.View.Cause == OriginFailure.None ? "" : $" ({Report.View.Cause.Name()})";

    private string Last => Report.View.LastFailure == OriginFailure.None || Report.View.LastFailure == Report.View.Cause ? "" : $"; what last failed: {Report.View.LastFailure.Name()}";

    private string Met =>
        $"{Words.Count(Report.Failures, "failure")} of {Words.Count(Report.FailedPaths, "path")}, {Words.Count(Report.FailedProbes, "failed probe")} in a row";

    private string Live => $"{(IsBelowIll ? "By itself live" : "Live")} since {Since}{(Report.View.Cause == OriginFailure.None ? "" : $"; what last failed: {Report.View.Cause.Name()}")}{(Report.Failures + Report.FailedProbes == 0 ? "" : $"; being weighed: {Met}")}{(IsBelowIll ? "; its origin decides" : "")}.";

    private string Suspect
    {
        get
        {
            var rest = Report.View.Since + Rules.SuspectWindow - Now;
            return $"Suspect since {Since}{Cause}: {Met}. It turns to the snapshot at {Words.Count(Rules.Fall, "failure")} of {Words.Count(Rules.FallPaths, "path")}{Witnesses}, " +
                $"where those are {(int)Math.Round(Rules.FallShare * 100)} % of what is answered, or at {Words.Count(Rules.Fall, "failed probe")} in a row; else it is forgotten in {Words.Of(rest > TimeSpan.Zero ? rest : TimeSpan.Zero)} at most.";
        }
    }

    // What a single visitor meets may be of their making.
    private string Witnesses => Rules.FallVisitors == 1 ? "" : $", met from {Rules.FallVisitors} networks or by the edge itself{(Report.LacksWitness ? " (too few have met them yet)" : "")}";

    private string Snapshot
    {
        get
        {
            var missing = Math.Max(0, Report.PassesNeeded - Report.Passes);
            var untilPassed = missing * (IsProbeWrong ? Rules.TrickleInterval : ProbeInterval);
            var untilReturn = untilPassed > Report.Remaining ? untilPassed : Report.Remaining;
            var passes = Math.Min(Report.Passes, Report.PassesNeeded);
            return $"Snapshot since {Since}{Cause}{Last}: {(Report.Remaining > TimeSpan.Zero ? $"at least {Words.Of(Report.Remaining)} more" : "its least time is over")}; " +
                (AwaitsOrigin ? "it is probed again when its origin can be reached; " : "") +
                (IsProbeWrong ? $"its probe is a configuration error, so {passes} of {Report.PassesNeeded} requests, one in {Words.Of(Rules.TrickleInterval)}, have passed in its place; " : $"{passes} of {Report.PassesNeeded} probes in a row have passed; ") +
                $"then {Words.Of(Rules.Ramp)} % of the visitors, {Words.Of(Rules.RampDwell)} each: live for all in about {Words.Of(untilReturn + (Rules.Ramp.Length * Rules.RampDwell))} at the earliest{Flaps}.";
        }
    }

    private string Recovering
    {
        get
        {
            var next = Rules.Ramp.Where(percent => percent > Report.View.LivePercent).ToList();
            return $"Returning since {Since}{Cause}: {Report.View.LivePercent} % of the visitors get the platform{(next.Count == 0 ? "" : $", then {Words.Of(next)} %, {Words.Of(Rules.RampDwell)} each")}: " +
                $"live for all in about {Words.Of(Report.Remaining)}, if nothing fails meanwhile{Flaps}.";
        }
    }

    private string Flaps => Report.Flaps == 0 ? "" : $". It has flapped {Words.Count(Report.Flaps, "time")} lately, and stays the longer for it";
}

namespace EdgeHost.Health;

/// <summary>What a request needs to know of a scope: immutable, so that it reads one reference once.</summary>
/// <param name="Phase">Where the scope is.</param>
/// <param name="Since">Since when.</param>
/// <param name="TurnedBy">What turned it last; a return that fails leaves a verdict's cause, which is what has to be over.</param>
/// <param name="LastFailure">What was last wrong.</param>
/// <param name="LivePercent">The share of visitors who get the platform: 100 while live or suspected, 0 with the snapshot, the ramp's in between.</param>
/// <param name="MayTrickle">Whether a few covered requests may find out, with the snapshot, how the platform is: only after a sign that somebody answers.</param>
/// <param name="ByVerdict">Whether no single request proved it: then that somebody answers is no sign of recovery, only whole answers are.</param>
internal sealed record HealthView(HealthPhase Phase, DateTimeOffset Since, OriginFailure TurnedBy, OriginFailure LastFailure, int LivePercent, bool MayTrickle, bool ByVerdict)
{
    /// <summary>What there is to say of why it is where it is: what turned it, and of what has not turned, what was last wrong.</summary>
    public OriginFailure Cause => Phase is HealthPhase.Snapshot or HealthPhase.Recovering ? TurnedBy : LastFailure;

    /// <summary>A scope that nothing is known of yet.</summary>
    public static HealthView At(DateTimeOffset start) => new(HealthPhase.Live, start, OriginFailure.None, OriginFailure.None, 100, MayTrickle: false, ByVerdict: false);

    /// <summary>The same, with the share and the trickle that follow from how far the way back has come.</summary>
    /// <returns>Itself where neither has changed.</returns>
    public HealthView Along(ReturnCourse back, ProbeTrust trust, HealthRules rules)
    {
        var percent = Phase switch
        {
            HealthPhase.Snapshot => 0,
            HealthPhase.Recovering => back.Percent(rules),
            _ => 100,
        };
        var mayTrickle = Phase == HealthPhase.Snapshot && (back.Passes > 0 || trust != ProbeTrust.Trusted);
        return percent == LivePercent && mayTrickle == MayTrickle ? this : this with { LivePercent = percent, MayTrickle = mayTrickle };
    }
}

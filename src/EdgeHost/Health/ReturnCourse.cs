namespace EdgeHost.Health;

/// <summary>
/// The way back: how long a scope stays with its snapshot, what has passed since, and how far its return has come. Its owner's lock guards it, and every transition
/// is its owner's.
/// </summary>
internal sealed class ReturnCourse(TimeProvider clock)
{
    private readonly ReturnRamp ramp = new(clock);
    private readonly FlapBackoff backoff = new(clock);
    private TimeSpan stay;
    private long stoodInAt;

    /// <summary>Passed probes in a row, with the snapshot.</summary>
    public int Passes { get; private set; }

    /// <inheritdoc cref="FlapBackoff.Flaps"/>
    public int Flaps => backoff.Flaps;

    /// <inheritdoc cref="FlapBackoff.HasReturned"/>
    public bool HasReturned => backoff.HasReturned;

    /// <summary>It turns to its snapshot.</summary>
    public void Away(HealthRules rules, bool isRelapse)
    {
        stay = backoff.Turned(rules, isRelapse);
        Passes = 0;
    }

    public void Probed(bool passed) => Passes = passed ? Passes + 1 : 0;

    /// <summary>A request has passed in the place of the probe. Probes are spaced by their interval; requests are not.</summary>
    public void StoodIn(HealthRules rules)
    {
        if (clock.GetElapsedTime(stoodInAt) >= rules.TrickleInterval)
        {
            Passes++;
            stoodInAt = clock.GetTimestamp();
        }
    }

    public void ForgetPasses() => Passes = 0;

    /// <summary>Whether the return may begin.</summary>
    /// <param name="rules">What it takes.</param>
    /// <param name="away">How long it has been with its snapshot.</param>
    public bool MayBegin(HealthRules rules, TimeSpan away) => Passes >= rules.Rise && away >= stay;

    public void Begin() => ramp.Begin();

    /// <summary>Whether the next share of the visitors is due.</summary>
    public bool IsStepOver(HealthRules rules) => ramp.IsStepOver(rules);

    /// <returns>False when all visitors are back.</returns>
    public bool Next(HealthRules rules)
    {
        if (ramp.Next(rules))
        {
            return true;
        }

        backoff.Returned();
        return false;
    }

    /// <inheritdoc cref="ReturnRamp.Percent"/>
    public int Percent(HealthRules rules) => ramp.Percent(rules);

    /// <summary>How long the phase lasts still, at least; with the whole ramp while recovering.</summary>
    public TimeSpan Remaining(HealthPhase phase, TimeSpan here, HealthRules rules)
    {
        var rest = phase switch
        {
            HealthPhase.Snapshot => stay - here,
            HealthPhase.Recovering => ramp.Remaining(rules),
            _ => TimeSpan.Zero,
        };
        return rest > TimeSpan.Zero ? rest : TimeSpan.Zero;
    }
}

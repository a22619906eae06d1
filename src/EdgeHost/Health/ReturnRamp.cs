namespace EdgeHost.Health;

/// <summary>How far a return has come: one share of the visitors after the other, each held for a while. Its owner's lock guards it.</summary>
internal sealed class ReturnRamp(TimeProvider clock)
{
    private int step;
    private long stepAt;

    public void Begin()
    {
        step = 0;
        stepAt = clock.GetTimestamp();
    }

    /// <summary>The share that is held, in percent. A reload may have shortened the ramp.</summary>
    public int Percent(HealthRules rules) => rules.Ramp[Math.Min(step, rules.Ramp.Length - 1)];

    public bool IsStepOver(HealthRules rules) => clock.GetElapsedTime(stepAt) >= rules.RampDwell;

    /// <returns>False when that was the last share.</returns>
    public bool Next(HealthRules rules)
    {
        step++;
        stepAt = clock.GetTimestamp();
        return step < rules.Ramp.Length;
    }

    /// <summary>Until all visitors are back, if nothing comes between.</summary>
    public TimeSpan Remaining(HealthRules rules) => rules.RampDwell - clock.GetElapsedTime(stepAt) + (rules.RampDwell * Math.Max(0, rules.Ramp.Length - 1 - step));
}

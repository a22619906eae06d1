namespace EdgeHost.Health;

/// <summary>A scope at a moment with its counts and timers, for people.</summary>
internal sealed record HealthReport
{
    public required HealthView View { get; init; }

    /// <summary>Failures that are being weighed.</summary>
    public required int Failures { get; init; }

    /// <summary>Distinct paths among them.</summary>
    public required int FailedPaths { get; init; }

    /// <summary>Whether too few visitors have met them, and the edge has not met as much itself.</summary>
    public required bool LacksWitness { get; init; }

    /// <summary>Failed probes in a row.</summary>
    public required int FailedProbes { get; init; }

    /// <summary>Passed probes in a row, with the snapshot.</summary>
    public required int Passes { get; init; }

    public required int PassesNeeded { get; init; }

    /// <summary>How often it has flapped lately.</summary>
    public required int Flaps { get; init; }

    /// <summary>How long the phase lasts still, at least; with the whole ramp while recovering.</summary>
    public required TimeSpan Remaining { get; init; }

    /// <summary>Its owner's lock is to be held.</summary>
    /// <param name="view">Where it is.</param>
    /// <param name="suspicion">What is held against it.</param>
    /// <param name="back">Its way back.</param>
    /// <param name="rules">What is enough of either.</param>
    /// <param name="here">For how long it has been in its phase.</param>
    public static HealthReport Of(HealthView view, Suspicion suspicion, ReturnCourse back, HealthRules rules, TimeSpan here) => new()
    {
        View = view,
        Failures = suspicion.Failures,
        FailedPaths = suspicion.FailedPaths,
        LacksWitness = suspicion.LacksWitness(rules),
        FailedProbes = suspicion.FailedProbes,
        Passes = back.Passes,
        PassesNeeded = rules.Rise,
        Flaps = back.Flaps,
        Remaining = back.Remaining(view.Phase, here, rules),
    };
}

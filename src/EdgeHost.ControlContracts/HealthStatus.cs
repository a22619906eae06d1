namespace EdgeHost.ControlContracts;

/// <summary>Where an origin, or a site on it, is on the way from the platform to the snapshot and back, with what is counted and how long it lasts.</summary>
public sealed record HealthStatus
{
    /// <summary><c>live</c>, <c>suspect</c>, <c>snapshot</c> or <c>recovering</c>.</summary>
    public required string Phase { get; init; }

    /// <summary>Since when.</summary>
    public required DateTimeOffset Since { get; init; }

    /// <summary>What turned it, such as <c>connection-refused</c>; while it is live or suspect, what was last wrong; null when nothing ever was.</summary>
    public string? Cause { get; init; }

    /// <summary>What was last wrong; null when nothing ever was.</summary>
    public string? LastFailure { get; init; }

    /// <summary>The share of visitors that gets the platform, in percent.</summary>
    public required int LivePercent { get; init; }

    /// <summary>Failures that are being weighed, and of how many paths.</summary>
    public required int Failures { get; init; }

    public required int FailedPaths { get; init; }

    /// <summary>Failed probes in a row.</summary>
    public required int FailedProbes { get; init; }

    /// <summary>Passed probes in a row while the snapshot answers, and how many it takes.</summary>
    public required int Passes { get; init; }

    public required int PassesNeeded { get; init; }

    /// <summary>How often it has flapped lately; each time doubles how long the snapshot answers.</summary>
    public required int Flaps { get; init; }

    /// <summary>How long until it may go on: to the return while the snapshot answers, to all visitors while it returns.</summary>
    public required double RemainingSeconds { get; init; }
}

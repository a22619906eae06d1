namespace EdgeHost.SystemTests.Faults.Visitors;

/// <summary>What the edge was doing when a visit began.</summary>
internal enum LoadPhase
{
    /// <summary>The platform is well, and nothing has happened yet.</summary>
    Well,

    /// <summary>The fault has begun, and the edge has not turned yet.</summary>
    Turning,

    /// <summary>It has turned: the management API says so.</summary>
    Snapshot,

    /// <summary>The fault is over.</summary>
    Returning,
}

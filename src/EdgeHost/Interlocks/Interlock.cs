namespace EdgeHost.Interlocks;

/// <summary>A rule that may refuse a change of mode. An operator who knows better names it, and the journal keeps that.</summary>
internal enum Interlock
{
    /// <summary>A site would be put on a snapshot that it doesn't have.</summary>
    SnapshotMissing,

    /// <summary>A site would be put on a snapshot that is old.</summary>
    SnapshotStale,

    /// <summary>A site would be put on a snapshot of which bodies are missing.</summary>
    SnapshotIncomplete,

    /// <summary>A site would be forced onto an origin that is down.</summary>
    OriginDown,

    /// <summary>Too many sites would be available to nobody.</summary>
    TooManyUnavailable,

    /// <summary>All sites would change, and nobody has written that this is meant.</summary>
    ScopeNotTyped,
}

namespace EdgeHost.Decisions;

/// <summary>What a decision needs to know of an origin and of a site on it.</summary>
internal enum OriginHealth
{
    Up,

    /// <summary>It failed, in a way in which another request may still be answered: errors, timeouts, cut connections.</summary>
    Ill,

    /// <summary>It can't be reached at all.</summary>
    Unreachable,
}

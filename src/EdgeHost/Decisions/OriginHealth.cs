namespace EdgeHost.Decisions;

/// <summary>What a decision needs to know of an origin and of a site on it.</summary>
internal enum OriginHealth
{
    Up,

    /// <summary>It is coming back, and this visitor is among those who get it already, within a cap.</summary>
    Returning,

    /// <summary>It is coming back, and this visitor's turn has not come.</summary>
    Waiting,

    /// <summary>It failed, in a way in which another request may still be answered: errors, timeouts, cut connections.</summary>
    Ill,

    /// <summary>It can't be reached at all, and no probe has passed since.</summary>
    Unreachable,
}

namespace EdgeHost.Live;

/// <summary>How a live request ended, as far as the visitor is concerned.</summary>
internal enum LiveOutcome
{
    /// <summary>The origin's answer went out, whatever its status.</summary>
    Answered,

    /// <summary>Nothing has been sent: another answer may still be given.</summary>
    FailedBeforeStart,

    /// <summary>The origin's answer broke off after its start: the visitor's must end without its end, as HTTP demands.</summary>
    CutAfterStart,

    /// <summary>The client went away or sent a broken body. No fault of the origin's.</summary>
    ClientGone,
}

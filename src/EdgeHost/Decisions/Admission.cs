namespace EdgeHost.Decisions;

/// <summary>What a request must be given before it may go to the origin.</summary>
internal enum Admission
{
    Free,

    /// <summary>The origin seems ill: one of a few places, for a little time.</summary>
    Try,

    /// <summary>The origin is coming back: a part of so many requests per second.</summary>
    Return,

    /// <summary>The origin is not well, and an ACME challenge is asked for: one of a few places that nothing else takes, for a little time.</summary>
    Challenge,
}

namespace EdgeHost.SnapshotStore.Fitness;

public enum FindingLevel
{
    /// <summary>As it should be.</summary>
    Good,

    /// <summary>We may not ask, so nothing is known.</summary>
    Unknown,

    /// <summary>It works now, and may cost something later.</summary>
    Warning,

    /// <summary>EdgeHost can't keep its promises on this store.</summary>
    Unfit,
}

/// <summary>One thing that was asked of a store.</summary>
/// <param name="Check">What was asked, in a word or two: <c>create-if-absent</c>.</param>
/// <param name="Level">How good the answer is.</param>
/// <param name="Detail">For people: what was found and what to do about it.</param>
public sealed record Finding(string Check, FindingLevel Level, string Detail);

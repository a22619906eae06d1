namespace EdgeHost.Replicas;

/// <summary>What became of a blob that was not in the replica.</summary>
/// <param name="Outcome">In one word.</param>
/// <param name="Content">Its bytes, where it is small enough to have passed through memory.</param>
/// <param name="Problem">Why the store did not give it.</param>
internal readonly record struct FetchResult(FetchOutcome Outcome, byte[]? Content = null, Exception? Problem = null)
{
    public bool IsHad => Outcome is FetchOutcome.Here or FetchOutcome.NotKept;
}

internal enum FetchOutcome
{
    /// <summary>Nobody was asked: it failed a moment ago, the store is left alone, or too much is under way.</summary>
    Refused,

    /// <summary>It is in the replica now.</summary>
    Here,

    /// <summary>The store gave it, and the disk does not take it.</summary>
    NotKept,

    /// <summary>The store has it not.</summary>
    Absent,

    /// <summary>The store gave other bytes than its name promises.</summary>
    Wrong,

    /// <summary>The store can't be asked: that says nothing about the blob.</summary>
    Failed,
}

namespace EdgeHost.ControlContracts;

/// <summary>The edge's own copy of the store.</summary>
public sealed record ReplicaStatus
{
    /// <summary>How many files it has; null before they were counted.</summary>
    public long? Files { get; init; }

    /// <summary>What they hold; null before they were counted.</summary>
    public long? Bytes { get; init; }

    /// <summary>When they were counted: once in ten minutes, or each minute where there is a budget.</summary>
    public DateTimeOffset? CountedAt { get; init; }

    /// <summary>How much it may hold; null for no bound.</summary>
    public long? BudgetBytes { get; init; }

    /// <summary>Why it is larger than that, or can't be written; null when all is well.</summary>
    public string? Problem { get; init; }

    /// <summary>What reading it through has found since the start.</summary>
    public required ScrubStatus Scrub { get; init; }
}

/// <param name="Checked">Files that were read.</param>
/// <param name="Damaged">Those that did not hold what they should.</param>
/// <param name="Missing">Those that should have been there and were not.</param>
/// <param name="Repaired">How many of both were brought from the store.</param>
/// <param name="CompletedAt">When it was last through; null before the first time.</param>
public sealed record ScrubStatus(long Checked, long Damaged, long Missing, long Repaired, DateTimeOffset? CompletedAt);

/// <summary>What of a site's snapshot is on the edge's own disk.</summary>
/// <param name="Policy">What should be: <c>all</c>, <c>hot</c> (its documents) or <c>none</c>.</param>
/// <param name="PendingBodies">How many bodies are still to be brought in, though the snapshot is served.</param>
/// <param name="PendingBytes">How many bytes these are.</param>
public sealed record SiteReplicaStatus(string Policy, int PendingBodies, long PendingBytes);

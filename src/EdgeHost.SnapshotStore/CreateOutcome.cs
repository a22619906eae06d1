namespace EdgeHost.SnapshotStore;

/// <summary>What the store said to "create this if it does not exist".</summary>
public enum CreateOutcome
{
    /// <summary>The object did not exist and is now ours.</summary>
    Created,

    /// <summary>An object of that name exists (S3: 412). It may be our own, when an earlier reply was lost.</summary>
    AlreadyExists,

    /// <summary>Another writer was at it at the same moment (S3: 409 ConditionalRequestConflict); nothing is known about who won.</summary>
    Contended,
}

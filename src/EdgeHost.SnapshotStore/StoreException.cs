namespace EdgeHost.SnapshotStore;

/// <summary>Why a store could not do what was asked.</summary>
public enum StoreFailure
{
    /// <summary>No answer, a broken answer or a 5xx: the same call may work later. After a create, the object may or may not be there.</summary>
    Unreachable,

    /// <summary>The store answered that we may not (S3: 403). Without the list permission, an absent key reads like this too.</summary>
    Denied,

    /// <summary>The store is not what it should be: no such bucket, no <c>store.json</c>, an object that can't be parsed.</summary>
    Invalid,

    /// <summary>The store is not the one that we knew, or its past has changed: another id, a missing or different record. Neither follow nor append.</summary>
    Damaged,
}

/// <summary>A store could not do what was asked; the message says what to do about it.</summary>
public sealed class StoreException(StoreFailure failure, string message, Exception? inner = null) : Exception(message, inner)
{
    public StoreFailure Failure { get; } = failure;
}

using EdgeHost.SnapshotStore;

namespace EdgeHost.Following;

/// <summary>How the store is, as far as this edge can tell.</summary>
/// <param name="State">In one word.</param>
/// <param name="Problem">What is wrong and what to do; null when all is well.</param>
/// <param name="Since">Since when.</param>
internal sealed record StoreCondition(StoreHealth State, string? Problem, DateTimeOffset Since);

/// <summary>The state of the store; whichever it is, visitors are served from what the edge has.</summary>
internal enum StoreHealth
{
    /// <summary>It has not been asked yet.</summary>
    Unknown,

    Ok,

    Unreachable,

    Denied,

    /// <summary>It is no store, or not one that this version can read.</summary>
    Invalid,

    /// <summary>It is not what it was: emptied, rolled back or another one. It is not followed until a person accepts it.</summary>
    Damaged,

    /// <summary>It holds a record that only a newer version understands.</summary>
    Blocked,

    /// <summary>Following it failed in a way that nobody foresaw; the log has the exception.</summary>
    Faulty,
}

internal static class StoreHealths
{
    public static StoreHealth Of(StoreFailure failure) => failure switch
    {
        StoreFailure.Denied => StoreHealth.Denied,
        StoreFailure.Invalid => StoreHealth.Invalid,
        StoreFailure.Damaged => StoreHealth.Damaged,
        _ => StoreHealth.Unreachable,
    };
}

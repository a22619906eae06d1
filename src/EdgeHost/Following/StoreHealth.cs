using System.Collections.Immutable;
using System.Text.Json;
using EdgeHost.SnapshotStore;

namespace EdgeHost.Following;

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
    private static readonly ImmutableArray<string> Names = [.. Enum.GetNames<StoreHealth>().Select(JsonNamingPolicy.KebabCaseLower.ConvertName)];

    /// <summary>As the log and the control API spell it.</summary>
    public static string Name(this StoreHealth health) => Names[(int)health];

    public static StoreHealth Of(StoreFailure failure) => failure switch
    {
        StoreFailure.Denied => StoreHealth.Denied,
        StoreFailure.Invalid => StoreHealth.Invalid,
        StoreFailure.Damaged => StoreHealth.Damaged,
        _ => StoreHealth.Unreachable,
    };
}

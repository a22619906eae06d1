using EdgeHost.SnapshotStore;

namespace EdgeHost.Following;

/// <summary>How the store is, as far as this edge can tell.</summary>
/// <param name="State"><c>ok</c>, <c>unreachable</c>, <c>denied</c>, <c>invalid</c>, <c>damaged</c>, <c>blocked</c> or <c>unknown</c>.</param>
/// <param name="Problem">What is wrong and what to do.</param>
/// <param name="Since">Since when.</param>
internal sealed record StoreCondition(string State, string? Problem, DateTimeOffset Since)
{
    public const string Ok = "ok";
    public const string Damaged = "damaged";

    public static string Name(StoreFailure failure) => failure.ToString().ToLowerInvariant();
}

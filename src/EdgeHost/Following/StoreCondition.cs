namespace EdgeHost.Following;

/// <summary>How the store is, as far as this edge can tell.</summary>
/// <param name="State">In one word.</param>
/// <param name="Problem">What is wrong and what to do; null when all is well.</param>
/// <param name="Since">Since when.</param>
internal sealed record StoreCondition(StoreHealth State, string? Problem, DateTimeOffset Since);

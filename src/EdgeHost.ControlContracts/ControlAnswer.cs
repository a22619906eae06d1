namespace EdgeHost.ControlContracts;

/// <summary>What came of a request to an edge: exactly one of the three is there.</summary>
/// <param name="Value">The answer.</param>
/// <param name="Problem">Why the edge refused.</param>
/// <param name="Unreachable">Why no edge answered. Whether a change was made is not known then.</param>
public sealed record ControlAnswer<T>(T? Value, Problem? Problem, string? Unreachable)
    where T : class;

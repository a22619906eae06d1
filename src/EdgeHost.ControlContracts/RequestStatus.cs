namespace EdgeHost.ControlContracts;

/// <summary>How many requests an edge has answered, and how.</summary>
/// <param name="PerSecond">How many per second in the last minute.</param>
/// <param name="Answered">How many since the edge's start, by decision and reason; only those that there were.</param>
public sealed record RequestStatus(double PerSecond, IReadOnlyList<RequestCount> Answered);

/// <summary>How many requests were answered so.</summary>
/// <param name="Decision"><c>live</c>, <c>snapshot</c>, <c>unavailable</c> or <c>refused</c>.</param>
/// <param name="Reason">The reason that stands in <c>EdgeHost-Decision</c> and in the access log.</param>
/// <param name="Count">How many.</param>
public sealed record RequestCount(string Decision, string Reason, long Count);

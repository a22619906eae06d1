using EdgeHost.Decisions;

namespace EdgeHost.Requests;

/// <summary>How a request was answered in the end, for its line in the log.</summary>
/// <param name="Decision">What was decided last: a rescue replaces the first decision.</param>
/// <param name="Problem">What was wrong with the origin or the request; null when nothing was.</param>
/// <param name="Snapshot">The snapshot that answered, if one did.</param>
/// <param name="IsCut">Whether the answer broke off after its start, and the connection must end before the answer's end.</param>
internal readonly record struct RequestOutcome(Decision Decision, string? Problem = null, string? Snapshot = null, bool IsCut = false);

using EdgeHost.Decisions;

namespace EdgeHost.Counting;

/// <summary>How many requests were answered so.</summary>
internal readonly record struct DecisionCount(DecisionKind Kind, DecisionReason Reason, long Count);

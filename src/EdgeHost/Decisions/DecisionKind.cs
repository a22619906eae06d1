namespace EdgeHost.Decisions;

/// <summary>How a request is answered.</summary>
internal enum DecisionKind
{
    Live,
    Snapshot,
    Unavailable,
    Refused,
}

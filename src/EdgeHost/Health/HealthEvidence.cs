namespace EdgeHost.Health;

/// <summary>What one request or probe has proved about a scope. What clients do (aborts, bad requests, slow readers) never becomes one.</summary>
/// <param name="Kind">What was asked for.</param>
/// <param name="Failure">What was wrong; <see cref="OriginFailure.None"/> when it passed.</param>
/// <param name="Path">A hash of the path, so that many failures of one page are told from failures of many.</param>
/// <param name="Visitor">Who met it, as <see cref="Clients.VisitorNetwork"/> tells them apart; <see cref="Ourselves"/> for what the edge asked on its own account.</param>
/// <param name="StartedAt">When it was sent (<see cref="TimeProvider.GetTimestamp"/>): what was sent before a turn says nothing about the time after it.</param>
internal readonly record struct HealthEvidence(EvidenceKind Kind, OriginFailure Failure, int Path, int Visitor, long StartedAt)
{
    public const int Ourselves = 0;

    public bool Passed => Failure == OriginFailure.None;
}

/// <summary>What was asked for. Counted apart, so that files that still answer don't hide a dead database.</summary>
internal enum EvidenceKind
{
    Document,
    Asset,
    Probe,
}

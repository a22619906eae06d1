using EdgeHost.SnapshotStore.Operating;

namespace EdgeHost.Decisions;

/// <summary>How one request is answered, and why. A pure value of a pure function: it is the log field, the header and what tests look at.</summary>
/// <param name="Kind">Who answers.</param>
/// <param name="Reason">Why.</param>
/// <param name="Admission">What the request must be given before it may go to the origin.</param>
internal readonly record struct Decision(DecisionKind Kind, DecisionReason Reason, Admission Admission = Admission.Free)
{
    /// <param name="isRead">Whether the method is GET or HEAD.</param>
    /// <param name="isExport">Whether the request carries the exporter's mark.</param>
    /// <param name="mode">What an operator wants.</param>
    /// <param name="health">How the origin is, for this site.</param>
    /// <param name="coverage">What the snapshot has to say about the target.</param>
    public static Decision For(bool isRead, bool isExport, OperatorMode mode, OriginHealth health, Coverage coverage) => (isExport, mode, health) switch
    {
        (_, OperatorMode.Maintenance, _) => new(DecisionKind.Unavailable, DecisionReason.Maintenance),
        (_, OperatorMode.Live, _) => new(DecisionKind.Live, DecisionReason.OperatorForced),
        // Anybody can send the exporter's mark: it forbids the snapshot, and opens nothing that is closed to others.
        (true, OperatorMode.Snapshot, _) => new(DecisionKind.Unavailable, DecisionReason.OperatorForced),
        (true, _, OriginHealth.Unreachable) => new(DecisionKind.Unavailable, DecisionReason.OriginDown),
        (true, _, OriginHealth.Up) => new(DecisionKind.Live, DecisionReason.ExportRequest),
        (true, _, _) => new(DecisionKind.Live, DecisionReason.ExportRequest, health == OriginHealth.Ill ? Admission.Try : Admission.Return),
        (_, OperatorMode.Snapshot, _) => FromSnapshot(isRead, coverage, DecisionReason.OperatorForced),
        (_, _, OriginHealth.Up) => new(DecisionKind.Live, DecisionReason.OriginUsable),
        (_, _, OriginHealth.Returning) => new(DecisionKind.Live, DecisionReason.OriginReturning, Admission.Return),
        (_, _, OriginHealth.Waiting) when isRead && coverage == Coverage.Covered => new(DecisionKind.Snapshot, DecisionReason.OriginReturning),
        // What only the origin can answer goes first.
        (_, _, OriginHealth.Waiting) => new(DecisionKind.Live, DecisionReason.OriginReturning, Admission.Return),
        (_, _, OriginHealth.Ill) when !isRead || coverage != Coverage.Covered => new(DecisionKind.Live, DecisionReason.TryOnce, Admission.Try),
        _ => FromSnapshot(isRead, coverage, DecisionReason.OriginDown),
    };

    /// <summary>Instead of the snapshot's answer while the origin is ill: one request at a time finds out how it is, and is rescued where it fails.</summary>
    public static Decision Trickle { get; } = new(DecisionKind.Live, DecisionReason.Trickle);

    /// <summary>What is answered when there is no place at the origin.</summary>
    public Decision WithoutPlace(bool isRead, Coverage coverage) => Reason == DecisionReason.OriginReturning && isRead && coverage is Coverage.Covered
        ? new(DecisionKind.Snapshot, DecisionReason.OriginReturning)
        : new(DecisionKind.Unavailable, DecisionReason.OriginDown);

    /// <summary>
    /// Whether a live answer that fails before it has begun may be replaced by the snapshot's. Only what changes nothing at the origin,
    /// and not against an operator who wants the origin's own answer.
    /// </summary>
    public bool MayRescue(bool isRead, Coverage coverage) =>
        Kind == DecisionKind.Live && isRead && coverage == Coverage.Covered && Reason is not DecisionReason.OperatorForced and not DecisionReason.ExportRequest;

    // A snapshot cannot accept a form post, and a fake success would lose it.
    private static Decision FromSnapshot(bool isRead, Coverage coverage, DecisionReason why) => (isRead, coverage) switch
    {
        (false, _) => new(DecisionKind.Unavailable, DecisionReason.NotReadable),
        (_, Coverage.Covered) => new(DecisionKind.Snapshot, why),
        (_, Coverage.KnownMissing) => new(DecisionKind.Snapshot, DecisionReason.NotInSnapshot),
        (_, Coverage.NoSnapshot) => new(DecisionKind.Unavailable, DecisionReason.NoSnapshot),
        _ => new(DecisionKind.Unavailable, DecisionReason.NotInSnapshot),
    };
}

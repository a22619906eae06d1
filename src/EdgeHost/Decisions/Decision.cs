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
    /// <param name="rule">What the site has said of the path.</param>
    /// <param name="health">How the origin is, for this site.</param>
    /// <param name="coverage">What the snapshot has to say about the target.</param>
    public static Decision For(bool isRead, bool isExport, OperatorMode mode, PathRule rule, OriginHealth health, Coverage coverage) => (isExport, mode, rule) switch
    {
        // Under maintenance too, and while the origin can't be reached.
        (_, not OperatorMode.Live, PathRule.AlwaysLive) => ForChallenge(health),
        (_, OperatorMode.Maintenance, _) => new(DecisionKind.Unavailable, DecisionReason.Maintenance),
        (_, OperatorMode.Live, _) => new(DecisionKind.Live, DecisionReason.OperatorForced),
        // Anybody can send the exporter's mark: it forbids the snapshot, and opens nothing that is closed to others.
        (true, OperatorMode.Snapshot, not PathRule.LiveOnly) => new(DecisionKind.Unavailable, DecisionReason.OperatorForced),
        (true, _, _) => FromOrigin(isRead, health, Coverage.Missing, DecisionReason.ExportRequest, DecisionReason.OriginDown),
        // Who works on the platform goes on working: such a path has no snapshot to be forced to.
        (_, _, PathRule.LiveOnly) => FromOrigin(isRead, health, Coverage.Missing, DecisionReason.OriginUsable, DecisionReason.LiveOnlyPath),
        (_, OperatorMode.Snapshot, _) => FromSnapshot(isRead, coverage, DecisionReason.OperatorForced),
        (_, _, PathRule.SnapshotFirst) when isRead && coverage == Coverage.Covered => new(DecisionKind.Snapshot, DecisionReason.SnapshotFirst),
        _ => FromOrigin(isRead, health, coverage, DecisionReason.OriginUsable, null),
    };

    /// <summary>Instead of the snapshot's answer while the origin is ill: one request at a time finds out how it is, and is rescued where it fails.</summary>
    public static Decision Trickle { get; } = new(DecisionKind.Live, DecisionReason.Trickle);

    /// <summary>Whether it may be answered by <see cref="Trickle"/> instead.</summary>
    public bool MayTrickle => Kind == DecisionKind.Snapshot && Reason == DecisionReason.OriginDown;

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

    /// <summary>What is answered when the origin fails before its answer has begun.</summary>
    public Decision WhenFailed(bool isRead, Coverage coverage) =>
        MayRescue(isRead, coverage) ? new(DecisionKind.Snapshot, DecisionReason.Rescue) : new(DecisionKind.Unavailable, DecisionReason.OriginDown);

    // In places of its own: visitors' forms that hang must not keep a certificate authority out, nor whoever asks for challenges keep the forms out.
    private static Decision ForChallenge(OriginHealth health) => health switch
    {
        OriginHealth.Up => new(DecisionKind.Live, DecisionReason.OriginUsable),
        OriginHealth.Waiting or OriginHealth.Returning => new(DecisionKind.Live, DecisionReason.OriginReturning, Admission.Challenge),
        _ => new(DecisionKind.Live, DecisionReason.TryOnce, Admission.Challenge),
    };

    private static Decision FromOrigin(bool isRead, OriginHealth health, Coverage coverage, DecisionReason usable, DecisionReason? unreachable)
    {
        var canWait = isRead && coverage == Coverage.Covered;
        var isExport = usable == DecisionReason.ExportRequest;
        return health switch
        {
            OriginHealth.Up => new(DecisionKind.Live, usable),
            // Without a snapshot there is nothing to turn to: it is as well, or as ill, as it would be without us.
            OriginHealth.Ill when coverage == Coverage.NoSnapshot => new(DecisionKind.Live, usable),
            OriginHealth.Waiting when canWait => new(DecisionKind.Snapshot, DecisionReason.OriginReturning),
            // What only the origin can answer goes first.
            OriginHealth.Waiting or OriginHealth.Returning => new(DecisionKind.Live, isExport ? usable : DecisionReason.OriginReturning, Admission.Return),
            OriginHealth.Ill when !canWait => new(DecisionKind.Live, isExport ? usable : DecisionReason.TryOnce, Admission.Try),
            _ => unreachable is { } why ? new(DecisionKind.Unavailable, why) : FromSnapshot(isRead, coverage, DecisionReason.OriginDown),
        };
    }

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

namespace EdgeHost.SnapshotStore.Operating;

/// <summary>A mode that an operator has set on a scope.</summary>
/// <param name="Mode">The mode.</param>
/// <param name="Actor">Who set it.</param>
/// <param name="Since">When.</param>
/// <param name="Reason">Why.</param>
/// <param name="ExpiresAt">When it ends by itself; null: when somebody ends it.</param>
public sealed record ModeOverride(OperatorMode Mode, string Actor, DateTimeOffset Since, string? Reason = null, DateTimeOffset? ExpiresAt = null)
{
    public bool HasExpired(DateTimeOffset now) => ExpiresAt <= now;
}

namespace EdgeHost.SnapshotStore.Operating;

/// <summary>An override and where it is set.</summary>
/// <param name="Scope">Where.</param>
/// <param name="Override">What.</param>
/// <param name="IsLocal">Whether it holds on this edge alone.</param>
public sealed record HeldOverride(OverrideScope Scope, ModeOverride Override, bool IsLocal = false);

namespace EdgeHost.SnapshotStore.Operating;

/// <summary>An override and where it is set.</summary>
public sealed record HeldOverride(OverrideScope Scope, ModeOverride Override);

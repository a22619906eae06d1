namespace EdgeHost.SnapshotStore.Operating;

/// <summary>What an override is set on, from the widest to the narrowest.</summary>
public enum ScopeKind
{
    All,
    Origin,
    Group,
    Site,
    Path,
}

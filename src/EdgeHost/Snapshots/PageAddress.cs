using EdgeHost.SnapshotStore.Targets;

namespace EdgeHost.Snapshots;

/// <summary>A page of a site as a visitor asks for it.</summary>
internal readonly record struct PageAddress(string Scheme, string Authority, RequestTarget Target)
{
    /// <summary>The path, as evidence tells one from another.</summary>
    public int PathHash => Target.Path.GetHashCode(StringComparison.Ordinal);

    public bool IsHome => Target is { Path: "/", Query: null };
}

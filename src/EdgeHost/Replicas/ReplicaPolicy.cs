namespace EdgeHost.Replicas;

/// <summary>What of a site's active snapshot an edge keeps on its own disk, whether it was asked for or not.</summary>
internal enum ReplicaPolicy
{
    /// <summary>All of it.</summary>
    All,

    /// <summary>Its documents; what they load is brought when it is first asked for, and given up first.</summary>
    Hot,

    /// <summary>Nothing but the list of what it holds: without the store little of it can be served.</summary>
    None,
}

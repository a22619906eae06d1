namespace EdgeHost.SystemTests.StoreFaults;

/// <summary>What a store can do to an edge that asks it.</summary>
public enum StoreFault
{
    None,

    /// <summary>Connections are refused.</summary>
    Down,

    /// <summary>Each answer comes two seconds late.</summary>
    Slow,

    /// <summary>403</summary>
    Denied,

    /// <summary>500</summary>
    Failing,

    /// <summary>Blobs end in the middle.</summary>
    Cut,

    /// <summary>Blobs of the right length, with other bytes.</summary>
    Wrong,
}

namespace EdgeHost.Decisions;

/// <summary>What a site has said of a part of itself.</summary>
internal enum PathRule
{
    /// <summary>Live while the platform is well, the snapshot while it is not.</summary>
    Default,

    /// <summary>Never from a snapshot: what belongs to one visitor, or changes something.</summary>
    LiveOnly,

    /// <summary>From the snapshot whenever it holds the page, however well the platform is: static hosting, refreshed by exports.</summary>
    SnapshotFirst,
}

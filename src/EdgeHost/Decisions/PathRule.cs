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

    /// <summary>From the origin whatever operators have set and however ill it is: ACME's challenges. A site that can't renew its certificate is gone, whatever stands in for its pages.</summary>
    AlwaysLive,
}

namespace EdgeHost.Upkeep;

/// <summary>What a file of the replica is needed for; what comes first goes first.</summary>
internal enum Worth
{
    /// <summary>No snapshot that is served, retained or comes after a restart refers to it.</summary>
    Unreferenced,

    /// <summary>It is of a site that is not in the configuration: perhaps by mistake.</summary>
    Unconfigured,

    /// <summary>A file of an earlier snapshot, for pages that visitors still hold open.</summary>
    Retired,

    /// <summary>What documents load, of a site that keeps this only as long as there is room.</summary>
    Media,

    /// <summary>A document of a site that keeps nothing for certain.</summary>
    LooseDocument,

    /// <summary>A document of a site that keeps its documents while there is room.</summary>
    Document,

    /// <summary>Never removed: a site that keeps all serves it, or nobody knows what it is for.</summary>
    Kept,
}

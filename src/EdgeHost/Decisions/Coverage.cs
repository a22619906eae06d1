namespace EdgeHost.Decisions;

/// <summary>Whether the snapshot has an answer to a target.</summary>
internal enum Coverage
{
    /// <summary>There is no snapshot of the site.</summary>
    NoSnapshot,

    /// <summary>There is one, without this target.</summary>
    Missing,

    Covered,
}

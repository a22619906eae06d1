namespace EdgeHost.Decisions;

/// <summary>What the snapshot has to say about a target.</summary>
internal enum Coverage
{
    /// <summary>There is no snapshot of the site.</summary>
    NoSnapshot,

    /// <summary>There is one, without this target, which may exist all the same.</summary>
    Missing,

    /// <summary>There is one, without this target, and the site has said that its snapshots are complete: its own 404 page is the answer.</summary>
    KnownMissing,

    Covered,
}

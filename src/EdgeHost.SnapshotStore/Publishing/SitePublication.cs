using System.Collections.Immutable;
using EdgeHost.SnapshotStore.Manifests;

namespace EdgeHost.SnapshotStore.Publishing;

/// <summary>What the journal says of one site's snapshots.</summary>
public sealed record SitePublication
{
    public static readonly SitePublication Empty = new();

    /// <summary>The snapshot that edges serve; null before the first activation.</summary>
    public SnapshotReference? Active { get; init; }

    /// <summary>When <see cref="Active"/> was activated.</summary>
    public DateTimeOffset? ActivatedAt { get; init; }

    /// <summary>Set by a rollback: until it is unpinned, exports only stage.</summary>
    public bool Pinned { get; init; }

    /// <summary>Snapshots that were active in the last 24 hours, newest first: pages that visitors still hold open may need their assets.</summary>
    public ImmutableArray<RetiredSnapshot> Retired { get; init => field = value.IsDefault ? [] : value; } = [];

    /// <summary>The newest snapshots that were published, activated or only staged, newest first.</summary>
    public ImmutableArray<SnapshotReference> Published { get; init => field = value.IsDefault ? [] : value; } = [];

    /// <summary>How the last export ended; null before the first.</summary>
    public ExportResult? LastExport { get; init; }

    /// <summary>Those of <see cref="Retired"/> whose assets are still to be answered.</summary>
    public IEnumerable<RetiredSnapshot> RetainedAt(DateTimeOffset now) => Retired.Where(retired => retired.RetainedUntil() > now);

    public SnapshotReference? Find(SnapshotId id) => Published.FirstOrDefault(reference => reference.Snapshot == id);
}

/// <param name="Reference">Which snapshot.</param>
/// <param name="ReplacedAt">When another one took its place.</param>
public sealed record RetiredSnapshot(SnapshotReference Reference, DateTimeOffset ReplacedAt)
{
    /// <summary>Until when its assets are answered.</summary>
    public DateTimeOffset RetainedUntil() => ReplacedAt + PublishState.Retention;
}

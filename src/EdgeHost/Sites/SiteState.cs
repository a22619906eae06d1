using EdgeHost.Health;
using EdgeHost.Snapshots;
using EdgeHost.SnapshotStore.Publishing;

namespace EdgeHost.Sites;

/// <summary>What changes about a site while the edge runs, and lives across reloads of the configuration. Each field is one reference or flag that a request reads once.</summary>
internal sealed class SiteState(HealthState health)
{
    private volatile SiteSnapshot? snapshot;
    private volatile SitePublication publication = SitePublication.Empty;
    private volatile ModeInForce mode = ModeInForce.Auto;
    private volatile string? snapshotProblem;

    public HealthState Health => health;

    /// <summary>The snapshot that is served; null while there is none.</summary>
    public SiteSnapshot? Snapshot { get => snapshot; set => snapshot = value; }

    /// <summary>What the journal says of the site's snapshots.</summary>
    public SitePublication Publication { get => publication; set => publication = value; }

    public ModeInForce Mode { get => mode; set => mode = value; }

    /// <summary>Why the active snapshot is not (fully) served, for people; null when all is well.</summary>
    public string? SnapshotProblem { get => snapshotProblem; set => snapshotProblem = value; }
}

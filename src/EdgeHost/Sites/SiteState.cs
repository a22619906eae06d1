using EdgeHost.Counting;
using EdgeHost.Health;
using EdgeHost.Snapshots;
using EdgeHost.SnapshotStore.Publishing;

namespace EdgeHost.Sites;

/// <summary>What changes about a site while the edge runs, and lives across reloads of the configuration. Each field is one reference or flag that a request reads once.</summary>
internal sealed class SiteState(HealthState health, TimeProvider clock)
{
    private volatile SiteSnapshot? snapshot;
    private volatile SitePublication publication = SitePublication.Empty;
    private volatile ModeInForce mode = ModeInForce.Auto;
    private volatile string? snapshotProblem;
    private volatile ProbeReport? probe;
    private long lastVisitAt;
    private long passedAt;
    private long failedAt;

    public HealthState Health => health;

    /// <summary>The one request that finds out, while a snapshot answers.</summary>
    public TrickleGate Trickle { get; } = new(clock);

    /// <summary>How its requests were answered.</summary>
    public RequestCounts Requests { get; } = new(clock);

    /// <summary>What the last probe met; null before the first.</summary>
    public ProbeReport? Probe { get => probe; set => probe = value; }

    /// <summary>When a page was last answered well to a visitor, and when one last was not (<see cref="TimeProvider.GetTimestamp"/>); 0 for never.</summary>
    public long PassedAt { get => Volatile.Read(ref passedAt); set => Volatile.Write(ref passedAt, value); }

    /// <inheritdoc cref="PassedAt"/>
    public long FailedAt { get => Volatile.Read(ref failedAt); set => Volatile.Write(ref failedAt, value); }

    /// <summary>When a visitor last asked for a document of it (<see cref="TimeProvider.GetTimestamp"/>); 0 for never.</summary>
    public long LastVisitAt { get => Volatile.Read(ref lastVisitAt); set => Volatile.Write(ref lastVisitAt, value); }

    /// <summary>The snapshot that is served; null while there is none.</summary>
    public SiteSnapshot? Snapshot { get => snapshot; set => snapshot = value; }

    /// <summary>What the journal says of the site's snapshots.</summary>
    public SitePublication Publication { get => publication; set => publication = value; }

    public ModeInForce Mode { get => mode; set => mode = value; }

    /// <summary>Why the active snapshot is not (fully) served, for people; null when all is well.</summary>
    public string? SnapshotProblem { get => snapshotProblem; set => snapshotProblem = value; }
}

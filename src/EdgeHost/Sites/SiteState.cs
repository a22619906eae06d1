using EdgeHost.Counting;
using EdgeHost.Health;
using EdgeHost.Snapshots;
using EdgeHost.SnapshotStore.Manifests;
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

    public HealthState Health => health;

    /// <summary>The one request that finds out, while a snapshot answers.</summary>
    public TrickleGate Trickle { get; } = new(clock);

    /// <summary>Whether the platform still has the site's pages.</summary>
    public LostContent Content { get; } = new(clock);

    /// <summary>Whether it is live, and nothing is held against it.</summary>
    public bool IsAtRest => health.IsAtRest && !Content.Current.IsLost;

    /// <summary>When its pages were last looked at for that.</summary>
    public LookTimes Looks { get; } = new(clock);

    /// <summary>What the edge is to ask for itself.</summary>
    public PageChecks Checks { get; } = new(clock);

    /// <summary>How its requests were answered.</summary>
    public RequestCounts Requests { get; } = new(clock);

    /// <summary>What the last probe met; null before the first.</summary>
    public ProbeReport? Probe { get => probe; set => probe = value; }

    /// <summary>How the last requests for its pages were answered.</summary>
    public LastSeen Visits { get; } = new();

    /// <summary>Whether the last pages that visitors got were the site's.</summary>
    public LastSeen Pages { get; } = new();

    /// <summary>When a visitor last asked for a document of it (<see cref="TimeProvider.GetTimestamp"/>); 0 for never.</summary>
    public long LastVisitAt { get => Volatile.Read(ref lastVisitAt); set => Volatile.Write(ref lastVisitAt, value); }

    /// <summary>The snapshot that is served; null while there is none.</summary>
    public SiteSnapshot? Snapshot { get => snapshot; set => snapshot = value; }

    /// <summary>Changes something about a snapshot as long as it is the one that is served, whoever else changes it meanwhile.</summary>
    public void ChangeSnapshot(SnapshotId of, Func<SiteSnapshot, SiteSnapshot> change)
    {
        while (snapshot is { } seen && seen.Reference.Snapshot == of && Interlocked.CompareExchange(ref snapshot, change(seen), seen) != seen)
        {
        }
    }

    /// <summary>What the journal says of the site's snapshots.</summary>
    public SitePublication Publication { get => publication; set => publication = value; }

    public ModeInForce Mode { get => mode; set => mode = value; }

    /// <summary>Why the active snapshot is not (fully) served, for people; null when all is well.</summary>
    public string? SnapshotProblem { get => snapshotProblem; set => snapshotProblem = value; }
}

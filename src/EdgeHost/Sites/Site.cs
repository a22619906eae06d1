using System.Collections.Immutable;
using EdgeHost.Clients;
using EdgeHost.Decisions;
using EdgeHost.Health;
using EdgeHost.Origins;
using EdgeHost.Replicas;
using EdgeHost.SnapshotStore.Operating;
using EdgeHost.SnapshotStore.Sites;

namespace EdgeHost.Sites;

/// <summary>One customer's website as configured; immutable, replaced whole by a reload. What changes at runtime is in <see cref="State"/>.</summary>
internal sealed record Site(SiteId Id, string Name, ImmutableArray<HostPattern> Hosts, Origin Origin, Probe Probe, MissPolicy SnapshotMiss, PathRules Rules, TimeSpan CoveredHeadersTimeout, SiteState State)
{
    public string IdText { get; } = Id.ToString();

    /// <summary>The groups of sites that it belongs to: operators switch them together.</summary>
    public ImmutableArray<string> Groups { get; init; } = [];

    /// <summary>What of its snapshot is kept on this edge's disk.</summary>
    public ReplicaPolicy Replica { get; init; } = ReplicaPolicy.All;

    /// <summary>What overrides know it by.</summary>
    public ScopedSite Scoped => new(Id, Origin.Name, Groups);

    /// <summary>Whether a host is one of its own.</summary>
    public bool Has(string authority) => HostName.TryTrim(authority, out var trimmed) && Holds(trimmed);

    /// <summary>The canonical host.</summary>
    public HostName Host => Hosts[0].Name;

    /// <summary>How often a request may find out how the origin is; null where there is no sign that somebody answers.</summary>
    public TimeSpan? TrickleInterval => Turned is { Current.MayTrickle: true } health ? health.Rules.TrickleInterval : null;

    /// <summary>The place of the one request that may find out how the origin is, if there is a sign that somebody answers and the place is free; to be given back.</summary>
    public TrickleGate? TryTrickle()
    {
        var health = Turned;
        var gate = health == Origin.Health ? Origin.Trickle : State.Trickle;
        return health.Current.MayTrickle && gate.TryBegin(health.Rules.TrickleInterval) ? gate : null;
    }

    /// <summary>The share of visitors who get the origin, in percent, where it is returning; else 0 or 100.</summary>
    public int LivePercent => Math.Min(Origin.Health.Current.LivePercent, State.Health.Current.LivePercent);

    // The scope that keeps the site with its snapshot, where one does: the wider one first.
    private HealthState Turned => Origin.Health.Current.Phase == HealthPhase.Snapshot ? Origin.Health : State.Health;

    /// <summary>Whether all visitors may be sent to the origin, as it is right now.</summary>
    public bool IsOriginUp => Origin.Health.Current.Phase != HealthPhase.Snapshot && State.Health.Current.Phase != HealthPhase.Snapshot;

    /// <summary>How the origin is right now, for a visitor of this site.</summary>
    public OriginHealth HealthFor(in ClientAddress client)
    {
        var (origin, own) = (Origin.Health.Current, State.Health.Current);
        var health = HealthOf(origin, own, State.Snapshot is not null);
        return health != OriginHealth.Returning || VisitorShare.Of(client, IdText) < Math.Min(origin.LivePercent, own.LivePercent) ? health : OriginHealth.Waiting;
    }

    /// <summary>How an origin is for a site on it, for those whose turn it is while it returns.</summary>
    /// <param name="origin">The origin.</param>
    /// <param name="own">The site.</param>
    /// <param name="hasSnapshot">Whether something could stand in for the site.</param>
    public static OriginHealth HealthOf(HealthView origin, HealthView own, bool hasSnapshot) => (origin.Phase, own.Phase) switch
    {
        // Once a probe has passed somebody is there, and what no snapshot can answer need not wait for the return.
        (HealthPhase.Snapshot, _) => origin.LastFailure.IsConnectionLevel() && !origin.MayTrickle ? OriginHealth.Unreachable : OriginHealth.Ill,
        (_, HealthPhase.Snapshot) => OriginHealth.Ill,
        (HealthPhase.Recovering, _) => OriginHealth.Returning,
        // Where nothing stood in for it all its visitors have had it all the time: there is no way back, and no wave of them.
        (_, HealthPhase.Recovering) => hasSnapshot ? OriginHealth.Returning : OriginHealth.Up,
        _ => OriginHealth.Up,
    };

    private bool Holds(ReadOnlySpan<char> host)
    {
        foreach (var pattern in Hosts)
        {
            if (pattern.Holds(host))
            {
                return true;
            }
        }

        return false;
    }
}

using System.Collections.Immutable;
using EdgeHost.Decisions;
using EdgeHost.Origins;
using EdgeHost.SnapshotStore.Operating;
using EdgeHost.SnapshotStore.Sites;

namespace EdgeHost.Sites;

/// <summary>One customer's website as configured; immutable, replaced whole by a reload. What changes at runtime is in <see cref="State"/>.</summary>
internal sealed record Site(SiteId Id, string Name, ImmutableArray<HostPattern> Hosts, Origin Origin, string ProbePath, MissPolicy SnapshotMiss, SiteState State)
{
    public string IdText { get; } = Id.ToString();

    /// <summary>The groups of sites that it belongs to: operators switch them together.</summary>
    public ImmutableArray<string> Groups { get; init; } = [];

    /// <summary>What overrides know it by.</summary>
    public ScopedSite Scoped => new(Id, Origin.Name, Groups);

    /// <summary>The canonical host.</summary>
    public HostName Host => Hosts[0].Name;

    /// <summary>How the origin is right now, for this site.</summary>
    public OriginHealth Health => Origin.Health.IsDown ? OriginHealth.Unreachable : State.Health.IsDown ? OriginHealth.Ill : OriginHealth.Up;
}

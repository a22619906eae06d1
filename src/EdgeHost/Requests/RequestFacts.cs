using EdgeHost.Clients;
using EdgeHost.Decisions;
using EdgeHost.Sites;
using EdgeHost.Snapshots;
using EdgeHost.SnapshotStore.Operating;
using EdgeHost.SnapshotStore.Targets;

namespace EdgeHost.Requests;

/// <summary>
/// What a decision is made of, read once, so that a reload or an activation in between changes nothing for its request. Requests are decided by it, and questions
/// about them: what is explained can't be another thing than what is done.
/// </summary>
internal readonly struct RequestFacts
{
    public required Site Site { get; init; }

    public required RequestTarget Target { get; init; }

    public required ClientAddress Client { get; init; }

    /// <summary>Whether it is a GET or HEAD.</summary>
    public required bool IsRead { get; init; }

    /// <summary>What operators want of this path.</summary>
    public required ModeInForce Mode { get; init; }

    public required SiteSnapshot? Snapshot { get; init; }

    /// <summary>The snapshot's answer to the target, or an earlier snapshot's for a retained asset; null when there is none.</summary>
    public required FoundEntry? Found { get; init; }

    /// <summary>What the site has said of the path.</summary>
    public required PathRule Rule { get; init; }

    /// <summary>The override that decides, if one does: what is forced to the snapshot leaves live-only paths alone, and what is always live stays so under maintenance too.</summary>
    public string? DecidedBy => (Rule, Mode.Mode) is (PathRule.LiveOnly or PathRule.AlwaysLive, OperatorMode.Snapshot) or (PathRule.AlwaysLive, OperatorMode.Maintenance) ? null : Mode.DecidedBy;

    /// <summary>Whether it has come out that the bytes of what was found can't be had: then no snapshot says anything of the target, not even that it is missing.</summary>
    private bool IsBodyMissing { get; init; }

    public Coverage Coverage =>
        IsBodyMissing ? Coverage.Missing
        : Found is not null ? Coverage.Covered
        : Snapshot is null ? Coverage.NoSnapshot
        : Site.SnapshotMiss == MissPolicy.NotFound && Snapshot.NotFound is not null ? Coverage.KnownMissing
        : Coverage.Missing;

    /// <param name="site">The site that it is addressed to.</param>
    /// <param name="target">What of it.</param>
    /// <param name="authority">The Host as it was sent.</param>
    /// <param name="client">Who asks.</param>
    /// <param name="method">How.</param>
    /// <param name="clock">Tells which retained assets are still answered.</param>
    public static RequestFacts Read(Site site, RequestTarget target, string authority, in ClientAddress client, string method, TimeProvider clock)
    {
        var snapshot = site.State.Snapshot;
        var rule = site.Rules.Of(target.Path);
        return new RequestFacts
        {
            Site = site,
            Target = target,
            Client = client,
            // In their case (RFC 9110 §9.1): a "get" is some other method, of which nobody knows that it may be sent twice.
            IsRead = method is "GET" or "HEAD",
            Mode = site.State.Mode.At(target.Path),
            Snapshot = snapshot,
            Rule = rule,
            Found = rule is PathRule.LiveOnly or PathRule.AlwaysLive ? null : snapshot?.Find(client.Scheme, authority, target, clock),
        };
    }

    /// <summary>As the origin is right now.</summary>
    public Decision Decide(bool isExport) => Decide(isExport, Rule, Coverage, Site.HealthFor(Client));

    /// <summary>Once it has come out that the snapshot's bytes can't be had: whatever follows, it never leads back to the snapshot.</summary>
    public RequestFacts WithoutBody() => this with { Found = null, IsBodyMissing = true };

    /// <summary>As the origin is for some visitor.</summary>
    public Decision DecideFor(OriginHealth health) => Decide(isExport: false, Rule, Coverage, health);

    private Decision Decide(bool isExport, PathRule rule, Coverage coverage, OriginHealth health) => Decision.For(IsRead, isExport, Mode.Mode, rule, health, coverage);
}

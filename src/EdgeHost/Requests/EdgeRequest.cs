using EdgeHost.Clients;
using EdgeHost.Decisions;
using EdgeHost.Sites;
using EdgeHost.Snapshots;
using EdgeHost.SnapshotStore.Operating;
using EdgeHost.SnapshotStore.Targets;

namespace EdgeHost.Requests;

/// <summary>What is known of one request once its site is found; read once, so that a reload or an activation in between changes nothing for it.</summary>
internal readonly struct EdgeRequest
{
    public required HttpContext Context { get; init; }

    public required SiteTable Table { get; init; }

    public required Site Site { get; init; }

    public required string Authority { get; init; }

    public required RequestTarget Target { get; init; }

    public required ClientAddress Client { get; init; }

    public PageAddress Page => new(Client.Scheme, Authority, Target);

    public required bool IsRead { get; init; }

    /// <summary>What operators want of this path, as of the start of the request.</summary>
    public required ModeInForce Mode { get; init; }

    /// <summary>The site's snapshot as of the start of the request.</summary>
    public required SiteSnapshot? Snapshot { get; init; }

    /// <summary>Its answer to the target, or an earlier snapshot's for a retained asset; null when there is none.</summary>
    public required FoundEntry? Found { get; init; }

    /// <summary>What the site has said of the path.</summary>
    public required PathRule Rule { get; init; }

    /// <summary>The override that decides, if one does: what is forced to the snapshot leaves live-only paths alone.</summary>
    public string? DecidedBy => Rule == PathRule.LiveOnly && Mode.Mode == OperatorMode.Snapshot ? null : Mode.DecidedBy;

    public Coverage Coverage =>
        Found is not null ? Coverage.Covered
        : Snapshot is null ? Coverage.NoSnapshot
        : Site.SnapshotMiss == MissPolicy.NotFound && Snapshot.NotFound is not null ? Coverage.KnownMissing
        : Coverage.Missing;

    public bool DecisionHeader => Table.Options.DecisionHeader;
}

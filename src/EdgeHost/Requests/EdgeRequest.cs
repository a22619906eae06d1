using EdgeHost.Decisions;
using EdgeHost.Live;
using EdgeHost.Sites;
using EdgeHost.Snapshots;
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

    public required bool IsRead { get; init; }

    /// <summary>The site's snapshot as of the start of the request.</summary>
    public required SiteSnapshot? Snapshot { get; init; }

    /// <summary>Its answer to the target, if it has one; from <see cref="From"/>, which is an earlier snapshot for a retained asset.</summary>
    public required SnapshotEntry? Entry { get; init; }

    public required SiteSnapshot? From { get; init; }

    public Coverage Coverage => Entry is not null ? Coverage.Covered : Snapshot is null ? Coverage.NoSnapshot : Coverage.Missing;

    public bool DecisionHeader => Table.Options.DecisionHeader;
}

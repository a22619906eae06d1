using EdgeHost.Clients;
using EdgeHost.Decisions;
using EdgeHost.Sites;
using EdgeHost.Snapshots;
using EdgeHost.SnapshotStore.Targets;

namespace EdgeHost.Requests;

/// <summary>One request once its site is found, with what it is decided by.</summary>
internal readonly struct EdgeRequest
{
    public required HttpContext Context { get; init; }

    public required SiteTable Table { get; init; }

    public required RequestFacts Facts { get; init; }

    public Site Site => Facts.Site;

    public RequestTarget Target => Facts.Target;

    public ClientAddress Client => Facts.Client;

    public PageAddress Page => new(Client.Scheme, Context.Request.Headers.Host.ToString(), Target);

    public bool IsRead => Facts.IsRead;

    public SiteSnapshot? Snapshot => Facts.Snapshot;

    public FoundEntry? Found => Facts.Found;

    public string? DecidedBy => Facts.DecidedBy;

    public Coverage Coverage => Facts.Coverage;

    public bool DecisionHeader => Table.Options.DecisionHeader;
}

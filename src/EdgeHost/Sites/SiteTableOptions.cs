using EdgeHost.Health;
using EdgeHost.Interlocks;
using EdgeHost.Live;
using EdgeHost.Origins;
using EdgeHost.Snapshots;

namespace EdgeHost.Sites;

/// <summary>What a table of sites is made of, and a request looks up in it: the part of the configuration that a reload changes while the edge runs, except where an option says so.</summary>
internal class SiteTableOptions
{
    /// <summary>
    /// This installation's name in <c>CDN-Loop</c> (RFC 8586): a request that carries it has passed here before and is refused with 508.
    /// Edges of one installation share it. 1 to 64 letters, digits, <c>-</c>, <c>.</c> and <c>_</c>. Default: <c>edgehost</c>.
    /// </summary>
    public string LoopId { get; set; } = "edgehost";

    /// <summary>Whether answers to visitors carry <c>EdgeHost-Decision</c>; refusals always do. Default: true.</summary>
    public bool DecisionHeader { get; set; } = true;

    /// <summary>Addresses or networks (CIDR) of proxies before this edge whose <c>X-Forwarded-*</c> are believed. Default: none.</summary>
    public List<string> TrustedProxies { get; set; } = [];

    public SnapshotOptions Snapshots { get; set; } = new();

    public LiveOptions Live { get; set; } = new();

    public SwitchingOptions Switching { get; set; } = new();

    public InterlockOptions Interlocks { get; set; } = new();

    /// <summary>The platform's addresses, by a name that sites refer to. At least one.</summary>
    public Dictionary<string, OriginOptions> Origins { get; set; } = new(StringComparer.Ordinal);

    /// <summary>The customers' websites, by site id. At least one.</summary>
    public Dictionary<string, SiteOptions> Sites { get; set; } = new(StringComparer.Ordinal);
}

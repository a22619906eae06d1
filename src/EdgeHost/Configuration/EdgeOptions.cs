using EdgeHost.AccessLogs;
using EdgeHost.Following;
using EdgeHost.Live;
using EdgeHost.Management;
using EdgeHost.Origins;
using EdgeHost.Sites;
using EdgeHost.Snapshots;

namespace EdgeHost.Configuration;

/// <summary>The section <c>EdgeHost</c> of the configuration. A misspelt key is an error; all errors are reported at once.</summary>
internal sealed class EdgeOptions
{
    public const string Section = "EdgeHost";

    /// <summary>Where visitors are answered, as a URL with scheme, address and port. Default: <c>http://127.0.0.1:8080</c>. Read at start only.</summary>
    public string PublicUrl { get; set; } = "http://127.0.0.1:8080";

    /// <summary>Where the edge keeps its replica, the last state it knew and its generated token. Default: <c>edgehost-data</c> in the working directory. Read at start only.</summary>
    public string DataDirectory { get; set; } = "edgehost-data";

    /// <summary>
    /// This installation's name in <c>CDN-Loop</c> (RFC 8586): a request that carries it has passed here before and is refused with 508.
    /// Edges of one installation share it. Default: <c>edgehost</c>.
    /// </summary>
    public string LoopId { get; set; } = "edgehost";

    /// <summary>Whether responses carry <c>EdgeHost-Decision</c>. Default: true.</summary>
    public bool DecisionHeader { get; set; } = true;

    /// <summary>Addresses or networks (CIDR) of proxies before this edge whose <c>X-Forwarded-*</c> are believed. Default: none.</summary>
    public List<string> TrustedProxies { get; set; } = [];

    public ManagementOptions Management { get; set; } = new();

    public AccessLogOptions AccessLog { get; set; } = new();

    public StoreOptions Store { get; set; } = new();

    public SnapshotOptions Snapshots { get; set; } = new();

    public LiveOptions Live { get; set; } = new();

    /// <summary>The platform's addresses, by a name that sites refer to. At least one.</summary>
    public Dictionary<string, OriginOptions> Origins { get; set; } = new(StringComparer.Ordinal);

    /// <summary>The customers' websites, by site id. At least one.</summary>
    public Dictionary<string, SiteOptions> Sites { get; set; } = new(StringComparer.Ordinal);
}

using EdgeHost.AccessLogs;
using EdgeHost.Following;
using EdgeHost.Management;
using EdgeHost.Replicas;
using EdgeHost.Sites;
using EdgeHost.Tls;

namespace EdgeHost;

/// <summary>
/// The section <c>EdgeHost</c> of the configuration. A misspelt key is an error; all errors are reported at once.
/// What is declared here is read at start only; what it inherits, a reload changes while the edge runs, except where an option says so.
/// </summary>
internal sealed class EdgeOptions : SiteTableOptions
{
    /// <summary>Where visitors are answered, as a URL with scheme, address and port; <c>*</c> or <c>+</c> for any address. Default: <c>http://127.0.0.1:8080</c>.</summary>
    public string PublicUrl { get; set; } = "http://127.0.0.1:8080";

    /// <summary>Where the edge keeps its replica, the last state it knew and its generated token. Default: <c>edgehost-data</c> in the working directory.</summary>
    public string DataDirectory { get; set; } = "edgehost-data";

    public ManagementOptions Management { get; set; } = new();

    public TlsOptions Tls { get; set; } = new();

    public AccessLogOptions AccessLog { get; set; } = new();

    public StoreOptions Store { get; set; } = new();

    public ReplicaOptions Replica { get; set; } = new();
}

using EdgeHost.Replicas;

namespace EdgeHost.Sites;

/// <summary>One customer's public website.</summary>
internal sealed class SiteOptions
{
    /// <summary>The name that visitors read when a page can't be served. Default: the first host.</summary>
    public string? Name { get; set; }

    /// <summary>Its hosts; the first is canonical. <c>*.example.org</c> stands for any one label before <c>.example.org</c>. At least one; no two sites may claim the same.</summary>
    public List<string> Hosts { get; set; } = [];

    /// <summary>The name of its origin under <c>EdgeHost:Origins</c>. Required.</summary>
    public string Origin { get; set; } = "";

    /// <summary>Groups that it belongs to, so that an operator can set a mode for all of them at once: names of 1 to 63 letters, digits, <c>-</c>, <c>.</c> and <c>_</c>. Default: none.</summary>
    public List<string> Groups { get; set; } = [];

    /// <summary>How it is asked whether it is well.</summary>
    public ProbeOptions Probe { get; set; } = new();

    /// <summary>
    /// Paths that are never answered from a snapshot, with all below them: <c>/admin</c>, <c>/login</c>, <c>/api</c>. While the origin is down they get 503. The longest
    /// prefix of this and the next list holds. Default: none.
    /// </summary>
    public List<string> LiveOnly { get; set; } = [];

    /// <summary>
    /// Paths that are answered from the snapshot whenever it holds the page, however well the origin is; <c>/</c> for the whole site. Default: none.
    /// </summary>
    public List<string> SnapshotFirst { get; set; } = [];

    /// <summary>
    /// For this site, in place of <c>Live:CoveredHeadersTimeout</c>: how long a GET or HEAD that the snapshot could answer waits for the headers and
    /// the first bytes of the body of a live answer.
    /// 100 ms to 5 min, and not shorter than <c>Live:ConnectTimeout</c>. Default: that one's.
    /// </summary>
    public TimeSpan? CoveredHeadersTimeout { get; set; }

    /// <summary>
    /// What a GET gets while the snapshot answers and does not hold the page: <c>Unavailable</c> (503: the page may exist) or <c>NotFound</c>
    /// (the site's own 404 page, for sites whose snapshot is known to be complete). Default: <c>Unavailable</c>.
    /// </summary>
    public MissPolicy SnapshotMiss { get; set; } = MissPolicy.Unavailable;

    /// <summary>
    /// What of its snapshot this edge keeps on its own disk: <c>All</c>, <c>Hot</c> (its documents; what they load when it is first asked for) or <c>None</c>
    /// (what is asked for, and first to go). Without the store only what is there can be served. Default: <c>All</c>.
    /// </summary>
    public ReplicaPolicy Replica { get; set; } = ReplicaPolicy.All;
}

/// <summary>What a page gets that the snapshot doesn't hold.</summary>
internal enum MissPolicy
{
    Unavailable,
    NotFound,
}

namespace EdgeHost.Origins;

/// <summary>One address of the platform.</summary>
internal sealed class OriginOptions
{
    /// <summary>Scheme, host and port: <c>http://10.0.0.5:5000</c>. Required. The original Host of each request is kept; over <c>https</c> in lower case, and sent as the TLS server name too.</summary>
    public string Address { get; set; } = "";

    /// <summary>Failures after which the origin, or a site on it, may turn to the snapshot. 1 to 1,000. Default: 3.</summary>
    public int Fall { get; set; } = 3;

    /// <summary>Passed probes in a row after which the return may begin. 1 to 1,000. Default: 5.</summary>
    public int Rise { get; set; } = 5;

    /// <summary>How often the origin is probed, by its sites in turn, and how often each site that is not live. 50 ms to 5 min. Default: 1 s.</summary>
    public TimeSpan ProbeInterval { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>How long a probe may take. 50 ms to 1 min. Default: 2 s.</summary>
    public TimeSpan ProbeTimeout { get; set; } = TimeSpan.FromSeconds(2);
}

namespace EdgeHost.ControlContracts;

/// <summary>The answer of <c>GET /api/v1/sites</c>: what this edge serves, from where, and why.</summary>
public sealed record SitesResponse
{
    public required EdgeStatus Edge { get; init; }

    public required StoreStatus Store { get; init; }

    public required IReadOnlyList<SiteStatus> Sites { get; init; }
}

/// <summary>The edge itself.</summary>
public sealed record EdgeStatus
{
    /// <summary>What the journal calls it where something is set for it alone.</summary>
    public string? Id { get; init; }

    public required string Version { get; init; }

    public required DateTimeOffset Now { get; init; }

    /// <summary>Why the newest configuration is not in force; empty when it is.</summary>
    public required IReadOnlyList<string> ConfigurationErrors { get; init; }

    /// <summary>Lines of the access log that were dropped since the start.</summary>
    public required long AccessLogDropped { get; init; }

    /// <summary>Certificates in use that end soon or have ended, and files that can't be used; null when all are well.</summary>
    public IReadOnlyList<CertificateStatus>? CertificateWarnings { get; init; }

    /// <summary>Its copy of the store; null when the edge is older than this.</summary>
    public ReplicaStatus? Replica { get; init; }

    /// <summary>How requests were answered that are no site's: unknown hosts, and what could not be read; null when the edge is older than this.</summary>
    public RequestStatus? UnknownRequests { get; init; }
}

/// <summary>The store as this edge sees it.</summary>
public sealed record StoreStatus
{
    public required string Location { get; init; }

    /// <summary><c>ok</c>, <c>unreachable</c>, <c>denied</c>, <c>invalid</c>, <c>damaged</c>, <c>blocked</c>, <c>faulty</c> (a fault of the edge's own) or <c>unknown</c> (not asked yet).</summary>
    public required string State { get; init; }

    /// <summary>What is wrong and what to do; null when all is well.</summary>
    public string? Problem { get; init; }

    /// <summary>Whether it is asked for blobs: <c>closed</c> (whenever one is missing), <c>open</c> (not now, as it fails) or <c>half-open</c> (one try); null when the edge is older than this.</summary>
    public string? Breaker { get; init; }

    /// <summary>Since when the state is as it is.</summary>
    public required DateTimeOffset Since { get; init; }

    public string? Id { get; init; }

    /// <summary>The number of the last record that was read of the journal <c>publish</c>.</summary>
    public long PublishNumber { get; init; }

    /// <summary>The number of the last record that was read of the journal <c>ops</c>.</summary>
    public long OpsNumber { get; init; }

    /// <summary>The store's clock minus this edge's, in seconds; null while unknown.</summary>
    public double? ClockOffsetSeconds { get; init; }
}

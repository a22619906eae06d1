namespace EdgeHost.ControlContracts;

/// <summary>The answer of <c>GET /api/v1/certificates</c>: which certificates visitors are shown by this edge.</summary>
public sealed record CertificatesResponse
{
    /// <summary>Where visitors are answered by HTTPS; null when they are not, or by certificates of Kestrel's own section.</summary>
    public string? Url { get; init; }

    /// <summary>Where the certificates lie.</summary>
    public string? Directory { get; init; }

    /// <summary>Why the directory can't be followed, so that what was last read stays in force; null when it can.</summary>
    public string? Problem { get; init; }

    /// <summary>Handshakes since the start that were refused, as no certificate is for the host that they named, or they named none.</summary>
    public long RefusedHandshakes { get; init; }

    /// <summary>What ends first, first; before it what can't be used.</summary>
    public required IReadOnlyList<CertificateStatus> Certificates { get; init; }
}

/// <summary>One certificate.</summary>
public sealed record CertificateStatus
{
    /// <summary>Its folder, or its file without the ending.</summary>
    public required string Name { get; init; }

    public required string File { get; init; }

    /// <summary><c>good</c>, <c>expiring</c>, <c>expired</c>, <c>not-yet-valid</c>, <c>nameless</c> (it names no host), or <c>broken</c>: its files can't be used, and the last good one stays in force, if there has been one.</summary>
    public required string State { get; init; }

    /// <summary>Why its files can't be used; null when they can.</summary>
    public string? Problem { get; init; }

    /// <summary>The hosts that it is for, <c>*.nova.example</c> for any one label.</summary>
    public required IReadOnlyList<string> Hosts { get; init; }

    /// <summary>Whether some host gets it: of several for the same name the one that is valid now and ends last is presented.</summary>
    public required bool InUse { get; init; }

    /// <summary>Null, with the next three, when there has been no good one.</summary>
    public DateTimeOffset? NotBefore { get; init; }

    public DateTimeOffset? NotAfter { get; init; }

    public string? Issuer { get; init; }

    /// <summary>SHA-256.</summary>
    public string? Fingerprint { get; init; }
}

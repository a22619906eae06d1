namespace EdgeHost.Decisions;

/// <summary>Why a request is answered as it is: the same word in the response header and the access log.</summary>
internal enum DecisionReason
{
    /// <summary>The origin is well, as far as we know.</summary>
    OriginUsable,

    /// <summary>The export job asks, which must never be given a snapshot of a snapshot.</summary>
    ExportRequest,

    /// <summary>An operator set the mode.</summary>
    OperatorForced,

    /// <summary>An operator set maintenance.</summary>
    Maintenance,

    /// <summary>The site wants this path from its snapshot, however well the origin is.</summary>
    SnapshotFirst,

    /// <summary>The origin is down.</summary>
    OriginDown,

    /// <summary>The origin is down, and the site wants this path from the origin alone.</summary>
    LiveOnlyPath,

    /// <summary>The origin seems ill, but may answer this one; the snapshot can't.</summary>
    TryOnce,

    /// <summary>The origin is coming back: some visitors get it already, within a cap, and the others the snapshot.</summary>
    OriginReturning,

    /// <summary>The origin seems to come back, and this one request finds out.</summary>
    Trickle,

    /// <summary>The origin failed at this very request, before its answer had begun.</summary>
    Rescue,

    /// <summary>A snapshot answers now, and it doesn't hold this page.</summary>
    NotInSnapshot,

    /// <summary>A snapshot can't accept this method: nothing is pretended, so nothing is lost.</summary>
    NotReadable,

    /// <summary>No snapshot of the site has been published, or none is here yet.</summary>
    NoSnapshot,

    /// <summary>The snapshot's bytes are gone from the replica and can't be had from the store.</summary>
    BodyMissing,

    /// <summary>The request has passed this installation before (RFC 8586).</summary>
    Loop,

    /// <summary>The host is no site's.</summary>
    UnknownHost,

    /// <summary>The host is another than the one that its TLS connection was made for.</summary>
    Misdirected,

    /// <summary>The request is malformed.</summary>
    BadRequest,

    /// <summary>A fault of the edge's own: its event log has the exception, and the visitor a 500.</summary>
    EdgeFault,
}

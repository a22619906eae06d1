namespace EdgeHost.SystemTests.Faults.Platforms;

/// <summary>What a platform does to whoever asks it.</summary>
public enum Fault
{
    /// <summary>It is well.</summary>
    None,

    /// <summary>Nobody listens.</summary>
    Refused,

    /// <summary>Its backlog is full: a SYN is dropped, and a connection is never made.</summary>
    ConnectHangs,

    /// <summary>Its address is a name that nobody knows. From the start: it has no end.</summary>
    NameUnknown,

    /// <summary>Connections are reset as soon as they are made.</summary>
    ResetAtAccept,

    /// <summary>Connections are reset after the first message of the TLS handshake.</summary>
    ResetInHandshake,

    /// <summary>Its certificate is signed by nobody whom the edge knows.</summary>
    UntrustedCertificate,

    /// <summary>Each request is read, and its connection reset.</summary>
    ResetAfterRequest,

    /// <summary>Each connection's first request is answered, and the next one read and its connection ended: a pooled connection that is gone when it is used.</summary>
    ClosedWhenReused,

    /// <summary>Requests are read and never answered.</summary>
    BlackHole,

    /// <summary>The answer comes after any limit.</summary>
    SlowHeaders,

    /// <summary>The headers come at once, and no body.</summary>
    HeadersOnly,

    /// <summary>The headers and the first byte come at once, and the others a few per second.</summary>
    DrippingBody,

    /// <summary>The connection ends before as many bytes as Content-Length says.</summary>
    CutLength,

    /// <summary>The connection ends between two chunks.</summary>
    CutChunks,

    InternalServerError,

    BadGateway,

    ServiceUnavailable,

    GatewayTimeout,

    /// <summary>An error page of the platform's own, with status 200.</summary>
    LyingOk,

    /// <summary>404 for every host and path.</summary>
    NotFound,

    /// <summary>403 for every host and path.</summary>
    Forbidden,

    /// <summary>200 with a page of another's title and styles.</summary>
    ParkingPage,

    /// <summary>200 with a web server's own first page.</summary>
    DefaultPage,

    /// <summary>Each path redirects to one login page on another host.</summary>
    LoginElsewhere,

    /// <summary>Each path redirects to one login page on the same host, which answers 200.</summary>
    LoginHere,

    Unauthorized,

    /// <summary>A path redirects to itself.</summary>
    RedirectLoop,
}

namespace EdgeHost.Health;

/// <summary>What was wrong with the origin's answer. Clients' doings (aborts, bad requests, slow readers) are none of these.</summary>
internal enum OriginFailure
{
    None,
    NameResolution,
    ConnectionRefused,
    ConnectTimeout,
    Tls,
    ConnectionClosed,
    HeadersTimeout,
    BadResponse,
    ServerError,
    GatewayError,
    BodyCut,
    LoopDetected,
}

internal static class OriginFailures
{
    /// <summary>
    /// Failures in which the origin was not reached at all: they hold for every site on it, and another request would meet the same.
    /// All others are counted for the site, as one site's database may be what is ill.
    /// </summary>
    public static bool IsConnectionLevel(this OriginFailure failure) => failure is
        OriginFailure.NameResolution or OriginFailure.ConnectionRefused or OriginFailure.ConnectTimeout or OriginFailure.Tls or OriginFailure.LoopDetected;

    /// <summary>The parameters of <c>Proxy-Status</c> (RFC 9209 §2.3), without addresses.</summary>
    public static string ProxyStatus(this OriginFailure failure, int receivedStatus) => failure switch
    {
        OriginFailure.NameResolution => "EdgeHost; error=dns_error",
        OriginFailure.ConnectionRefused => "EdgeHost; error=connection_refused",
        OriginFailure.ConnectTimeout => "EdgeHost; error=connection_timeout",
        OriginFailure.Tls => "EdgeHost; error=tls_protocol_error",
        OriginFailure.ConnectionClosed => "EdgeHost; error=connection_terminated",
        OriginFailure.HeadersTimeout => "EdgeHost; error=http_response_timeout",
        OriginFailure.BadResponse => "EdgeHost; error=http_protocol_error",
        OriginFailure.BodyCut => "EdgeHost; error=http_response_incomplete",
        OriginFailure.LoopDetected => "EdgeHost; error=proxy_loop_detected",
        _ => receivedStatus == 0 ? "EdgeHost; error=destination_unavailable" : $"EdgeHost; received-status={receivedStatus}",
    };
}

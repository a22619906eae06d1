using System.Collections.Immutable;
using System.Text.Json;

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

    /// <summary>A probe was answered with another status than it expects.</summary>
    UnexpectedStatus,

    /// <summary>A probe was answered with an expected status, and without the text or header that it expects.</summary>
    UnexpectedContent,

    /// <summary>Whoever answers, it is not the site: 404, a parking page or a login where its pages were. No failure of one request; a verdict over many.</summary>
    ContentLost,
    LoopDetected,

    /// <summary>It ended the connection while it was being sent a body, as it may for one that is too large.</summary>
    UploadRefused,

    /// <summary>This machine has no sockets or ports left: no fault of the origin's.</summary>
    EdgeExhausted,
}

internal static class OriginFailures
{
    private static readonly ImmutableArray<string> Names = [.. Enum.GetNames<OriginFailure>().Select(JsonNamingPolicy.KebabCaseLower.ConvertName)];

    /// <summary>As logs and reports spell it: <c>connect-timeout</c>.</summary>
    public static string Name(this OriginFailure failure) => Names[(int)failure];

    /// <summary>
    /// Failures in which the origin was not reached at all: they hold for every site on it, and another request would meet the same. All others are counted
    /// for the site, as one site's database may be what is ill; TLS among them, as its server name is the site's host, and one host's certificate may be what is wrong.
    /// </summary>
    public static bool IsConnectionLevel(this OriginFailure failure) => failure is OriginFailure.NameResolution or OriginFailure.ConnectionRefused or OriginFailure.ConnectTimeout;

    /// <summary>
    /// Whether a failure that a request met says anything about the origin or its site. An answer of 5xx does only where it was well when it was exported: to a form,
    /// or to a page that nobody exported, it may be that page's own. What isn't a GET or HEAD can fail by what the client sent.
    /// </summary>
    public static bool IsEvidence(this OriginFailure failure, bool isRead, bool isCovered) => failure switch
    {
        OriginFailure.None => true,
        OriginFailure.UploadRefused or OriginFailure.EdgeExhausted => false,
        OriginFailure.ServerError or OriginFailure.GatewayError => isRead && isCovered,
        _ => isRead || failure.IsConnectionLevel(),
    };

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
        OriginFailure.UploadRefused => "EdgeHost; error=connection_terminated",
        OriginFailure.EdgeExhausted => "EdgeHost; error=proxy_internal_error",
        _ => receivedStatus == 0 ? "EdgeHost; error=destination_unavailable" : $"EdgeHost; received-status={receivedStatus}",
    };
}

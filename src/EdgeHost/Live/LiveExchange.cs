using EdgeHost.Clients;
using EdgeHost.Decisions;
using EdgeHost.Health;
using EdgeHost.Origins;
using EdgeHost.SnapshotStore.Targets;
using Microsoft.Net.Http.Headers;
using Yarp.ReverseProxy.Forwarder;

namespace EdgeHost.Live;

/// <summary>
/// One request on its way to the origin and back: what it is sent with, how long it may take, and how it went.
/// YARP asks it to shape both directions.
/// </summary>
internal sealed class LiveExchange : HttpTransformer
{
    public required Origin Origin { get; init; }

    public required RequestTarget Target { get; init; }

    public required ClientAddress Client { get; init; }

    /// <summary>This installation's name in <c>CDN-Loop</c>.</summary>
    public required string LoopId { get; init; }

    /// <summary>Whether the visitor's answer says how it was made.</summary>
    public required bool DecisionHeader { get; init; }

    /// <summary>How long it may take, and what was wrong with the answer.</summary>
    public required OriginCall Call { get; init; }

    /// <summary>Why the origin is asked; the visitor's answer says so.</summary>
    public required Decision Decision { get; init; }

    /// <summary>Where the mode was set that decided; null where no operator did.</summary>
    public string? Scope { get; init; }

    /// <summary>Whether a 5xx of the origin, which can be rescued, is kept back instead of being passed on.</summary>
    public bool MayRescue { get; init; }

    /// <summary>Told once the answer has begun, and not only at its end, which a slow reader may put off.</summary>
    public Action<OriginFailure, int>? Begun { get; init; }

    /// <summary>The status that the origin answered; 0 when it didn't.</summary>
    public int OriginStatus { get; private set; }

    /// <summary>Whether an answer of the origin was kept back, so that nothing has been sent to the client.</summary>
    public bool KeptBack { get; private set; }

    public override async ValueTask TransformRequestAsync(HttpContext httpContext, HttpRequestMessage proxyRequest, string destinationPrefix, CancellationToken cancellationToken)
    {
        await base.TransformRequestAsync(httpContext, proxyRequest, destinationPrefix, cancellationToken);

        // Exactly the canonical path and the query as sent: Uri would decode, re-encode and fold on its own.
        proxyRequest.RequestUri = new Uri(destinationPrefix + Target, new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true });
        proxyRequest.Options.Set(OriginCall.Key, Call);

        var headers = proxyRequest.Headers;
        RequestHeaders.RemoveUntrusted(httpContext.Request.Headers, headers);
        string? host = httpContext.Request.Headers.Host;
        // The TLS server name follows it, and each spelling would open connections of its own: whoever varies the case of a name must not multiply them.
        headers.Host = Origin.Address.Scheme == Uri.UriSchemeHttps ? host?.ToLowerInvariant() : host;
        headers.TryAddWithoutValidation("X-Forwarded-For", Client.ForwardedFor);
        headers.TryAddWithoutValidation("X-Forwarded-Proto", Client.Scheme);
        headers.TryAddWithoutValidation("X-Forwarded-Host", host);
        headers.Remove(CdnLoop.Header);
        headers.TryAddWithoutValidation(CdnLoop.Header, CdnLoop.Append(httpContext.Request.Headers[CdnLoop.Header], LoopId));
    }

    public override async ValueTask<bool> TransformResponseAsync(HttpContext httpContext, HttpResponseMessage? proxyResponse, CancellationToken cancellationToken)
    {
        if (proxyResponse is null)
        {
            return false;
        }

        OriginStatus = (int)proxyResponse.StatusCode;
        Call.Failure = FailureOf(proxyResponse);
        if (Call.Failure != OriginFailure.None && MayRescue)
        {
            KeptBack = true;
            return false;
        }

        Begun?.Invoke(Call.Failure, OriginStatus);
        // What an origin says about itself as an edge is not ours to repeat.
        proxyResponse.Headers.Remove(EdgeHeaders.Decision);
        if (proxyResponse.Headers.NonValidated.TryGetValues(HeaderNames.Connection, out var connection))
        {
            NominatedHeaders.RemoveFrom(proxyResponse.Headers, connection.ToString());
        }

        if (DecisionHeader)
        {
            httpContext.Response.Headers[EdgeHeaders.Decision] = EdgeHeaders.DecisionOf(Decision.Kind, Decision.Reason, Scope);
        }

        await base.TransformResponseAsync(httpContext, proxyResponse, cancellationToken);
        if (ContentTypes.Is(proxyResponse.Content, ContentTypes.EventStream))
        {
            // YARP sends the head with the first byte of the body; a stream of events may be silent for long, and its reader waits for the head.
            await httpContext.Response.StartAsync(cancellationToken);
        }

        return true;
    }

    /// <summary>What a status says about the origin.</summary>
    public static OriginFailure FailureOf(HttpResponseMessage response) => (int)response.StatusCode switch
    {
        502 or 503 or 504 => OriginFailure.GatewayError,
        508 when response.Headers.Contains(EdgeHeaders.Decision) => OriginFailure.LoopDetected,
        >= 500 and not 501 and not 505 => OriginFailure.ServerError,
        _ => OriginFailure.None,
    };
}

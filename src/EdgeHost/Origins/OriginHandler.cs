using System.Net;
using EdgeHost.Health;

namespace EdgeHost.Origins;

/// <summary>Between YARP and the sockets: bounds the wait for an answer's beginning, keeps unsafe requests from being sent twice, and notices bodies that were cut.</summary>
internal sealed class OriginHandler(HttpMessageHandler inner, TimeProvider clock) : DelegatingHandler(inner)
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (!request.Options.TryGetValue(OriginCall.Key, out var call))
        {
            return await base.SendAsync(request, cancellationToken);
        }

        if (request.Content is null && request.Method != HttpMethod.Get && request.Method != HttpMethod.Head)
        {
            // SocketsHttpHandler sends a request again, up to three times, when a pooled connection ends before any answer and there is no content:
            // right for a GET, and a second order for a POST. Content of no bytes makes it leave that alone.
            request.Content = new ByteArrayContent([]);
        }

        return call.HeadersTimeout == Timeout.InfiniteTimeSpan
            ? await BeginAsync(await base.SendAsync(request, cancellationToken), call, cancellationToken)
            : await SendWithinAsync(request, call, cancellationToken);
    }

    private async Task<HttpResponseMessage> SendWithinAsync(HttpRequestMessage request, OriginCall call, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(call.HeadersTimeout, clock);
        await using var _ = cancellationToken.UnsafeRegister(static source => ((CancellationTokenSource)source!).Cancel(), timeout);
        try
        {
            return await BeginAsync(await base.SendAsync(request, timeout.Token), call, timeout.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested && timeout.IsCancellationRequested)
        {
            call.Failure = OriginFailure.HeadersTimeout;
            throw;
        }
    }

    // Puts what is to be watched of the body before it.
    private async Task<HttpResponseMessage> BeginAsync(HttpResponseMessage response, OriginCall call, CancellationToken cancellationToken)
    {
        var isSeen = call.Watch?.Look(response) == true;
        var isEndChecked = call.CopyEndsInHtml is not null && call.CopyStatus == (int)response.StatusCode && IsEndedByClose(response);
        var isBegun = call.BodyTimeout > TimeSpan.Zero && HasBody(response);
        if (!isBegun && !isEndChecked)
        {
            return response;
        }

        try
        {
            var body = await response.Content.ReadAsStreamAsync(cancellationToken);
            body = isEndChecked ? new EndCheckedStream(body, call) : body;
            if (isBegun)
            {
                var begun = new OriginBodyStream(body, call, isSeen ? call.Watch : null, clock);
                await begun.BeginAsync(cancellationToken);
                body = begun;
            }

            response.Content = new ReplacedContent(response.Content, body);
            return response;
        }
        catch (Exception e)
        {
            response.Dispose();
            if (e is IOException)
            {
                // Nothing has been sent to the visitor yet.
                call.Failure = OriginFailure.BodyCut;
            }

            throw;
        }
    }

    // An answer of 5xx is not passed on; events come when they come.
    private static bool HasBody(HttpResponseMessage response) =>
        (int)response.StatusCode is >= 200 and < 500 and not 204 and not 304
        && response.RequestMessage?.Method != HttpMethod.Head
        && response.Content.Headers.ContentLength != 0
        && !ContentTypes.Is(response.Content, ContentTypes.EventStream);

    // RFC 9112 §6.3: without a length and without chunks, the end of the connection is the end of the body, and a server that was killed looks like one that had finished.
    private static bool IsEndedByClose(HttpResponseMessage response) =>
        response.Version.Major == 1
        && response.StatusCode is not (HttpStatusCode.NoContent or HttpStatusCode.NotModified or HttpStatusCode.SwitchingProtocols)
        && response.RequestMessage?.Method != HttpMethod.Head
        && response.Headers.TransferEncodingChunked != true
        && response.Content.Headers.ContentLength is null
        && ContentTypes.CodingOf(response.Content) is null
        && ContentTypes.Is(response.Content, "text/html");
}

using System.Net;
using EdgeHost.Health;

namespace EdgeHost.Origins;

/// <summary>Between YARP and the sockets: bounds the wait for headers, keeps unsafe requests from being sent twice, and notices bodies that were cut.</summary>
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

        var response = call.HeadersTimeout == Timeout.InfiniteTimeSpan
            ? await base.SendAsync(request, cancellationToken)
            : await SendWithinAsync(request, call, cancellationToken);
        if (call.CopyEndsInHtml is not null && call.CopyStatus == (int)response.StatusCode && IsEndedByClose(response))
        {
            response.Content = new EndCheckedContent(response.Content, call);
        }

        return response;
    }

    private async Task<HttpResponseMessage> SendWithinAsync(HttpRequestMessage request, OriginCall call, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(call.HeadersTimeout, clock);
        await using var _ = cancellationToken.UnsafeRegister(static source => ((CancellationTokenSource)source!).Cancel(), timeout);
        try
        {
            return await base.SendAsync(request, timeout.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested && timeout.IsCancellationRequested)
        {
            call.Failure = OriginFailure.HeadersTimeout;
            throw;
        }
    }

    // RFC 9112 §6.3: without a length and without chunks, the end of the connection is the end of the body, and a server that was killed looks like one that had finished.
    private static bool IsEndedByClose(HttpResponseMessage response) =>
        response.Version.Major == 1
        && response.StatusCode is not (HttpStatusCode.NoContent or HttpStatusCode.NotModified or HttpStatusCode.SwitchingProtocols)
        && response.RequestMessage?.Method != HttpMethod.Head
        && response.Headers.TransferEncodingChunked != true
        && response.Content.Headers.ContentLength is null
        && response.Content.Headers.ContentEncoding.Count == 0
        && response.Content.Headers.ContentType?.MediaType == "text/html";
}

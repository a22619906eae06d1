using EdgeHost.Decisions;

namespace EdgeHost.Requests;

/// <summary>Tells a client in one plain line why its request is not answered; the connection is not kept for what was malformed.</summary>
internal static class RefusalResponder
{
    public static async ValueTask<RequestOutcome> RefuseAsync(HttpContext context, RequestRefusal refusal)
    {
        var response = context.Response;
        response.StatusCode = refusal.Status;
        response.ContentType = "text/plain; charset=utf-8";
        response.Headers.CacheControl = "no-store";
        response.Headers[EdgeHeaders.Decision] = EdgeHeaders.DecisionOf(DecisionKind.Refused, refusal.Reason, null);
        if (refusal.Reason == DecisionReason.BadRequest && context.Request.Protocol.StartsWith("HTTP/1", StringComparison.Ordinal))
        {
            response.Headers.Connection = "close";
        }

        await response.WriteAsync(refusal.Problem + "\n", context.RequestAborted);
        return new RequestOutcome(refusal.Decision, refusal.Problem);
    }
}

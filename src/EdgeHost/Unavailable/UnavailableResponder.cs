using System.Collections.Concurrent;
using EdgeHost.Decisions;
using EdgeHost.Sites;

namespace EdgeHost.Unavailable;

/// <summary>Answers for a site that neither its origin nor a snapshot can answer for.</summary>
internal static class UnavailableResponder
{
    private const string RetryAfterSeconds = "30";

    // A page is the same for all requests of its kind; the number of names is the number of sites.
    private static readonly ConcurrentDictionary<(string Name, bool Maintenance, bool IsRead), byte[]> Pages = new();

    /// <summary>503: it exists, as far as we know, and can't be given now.</summary>
    public static Task RespondAsync(HttpContext context, Site site, DecisionReason reason, bool decisionHeader, string? scope)
    {
        var isRead = HttpMethods.IsGet(context.Request.Method) || HttpMethods.IsHead(context.Request.Method);
        var page = Pages.GetOrAdd((site.Name, reason == DecisionReason.Maintenance, isRead), static key => UnavailablePage.Render(key.Name, key.Maintenance, key.IsRead));
        var response = context.Response;
        response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        response.Headers.RetryAfter = RetryAfterSeconds;
        response.Headers.CacheControl = "no-store";
        response.ContentType = "text/html; charset=utf-8";
        response.ContentLength = page.Length;
        if (decisionHeader)
        {
            response.Headers[EdgeHeaders.Decision] = EdgeHeaders.DecisionOf(DecisionKind.Unavailable, reason, scope);
        }

        return HttpMethods.IsHead(context.Request.Method) ? Task.CompletedTask : response.Body.WriteAsync(page, context.RequestAborted).AsTask();
    }
}

using EdgeHost.Health;
using EdgeHost.Live;
using EdgeHost.Origins;
using EdgeHost.Sites;
using EdgeHost.Snapshots;

namespace EdgeHost.Evidence;

/// <summary>Asks for a page as a plain visitor would, on the probes' connections, and looks at the answer.</summary>
internal static class PageCheck
{
    /// <returns>What was wrong, and the status; 0 without an answer.</returns>
    public static async Task<(OriginFailure Failure, int Status)> SendAsync(Site site, PageAddress page, PageWatch? watch, string loopId, CancellationToken cancellationToken)
    {
        using var request = ProbeSender.Request(site, page.Target.ToString(), page.Authority, loopId);
        request.Headers.TryAddWithoutValidation("X-Forwarded-Proto", page.Scheme);
        try
        {
            using var response = await site.Origin.Client.Probes.SendAsync(request, cancellationToken);
            var failure = LiveExchange.FailureOf(response);
            if (failure == OriginFailure.None && watch is not null)
            {
                await LookAsync(watch, response, cancellationToken);
            }

            return (failure, (int)response.StatusCode);
        }
        catch (Exception e) when (e is HttpRequestException or IOException or OperationCanceledException)
        {
            return (RequestFaults.Of(e), 0);
        }
    }

    /// <summary>Judges an answer that is at hand.</summary>
    public static async Task LookAsync(PageWatch watch, HttpResponseMessage response, CancellationToken cancellationToken)
    {
        if (watch.Look(response))
        {
            await using var body = await response.Content.ReadAsStreamAsync(cancellationToken);
            var start = new byte[PageMarks.HeadLength];
            var length = await body.ReadAtLeastAsync(start, start.Length, throwOnEndOfStream: false, cancellationToken);
            await watch.JudgeAsync(start.AsMemory(0, length), length < start.Length, cancellationToken);
        }
    }
}

using EdgeHost.Health;
using EdgeHost.Live;
using EdgeHost.Origins;
using EdgeHost.Sites;
using EdgeHost.Snapshots;

namespace EdgeHost.Evidence;

/// <summary>Asks for a page without any visitor's headers, on the probes' connections, and looks at the answer.</summary>
internal static class PageCheck
{
    /// <param name="site">The site.</param>
    /// <param name="page">What is asked for.</param>
    /// <param name="watch">Holds the answer against the snapshot's copy; null where there is none to be held against.</param>
    /// <param name="loopId">This installation's name in <c>CDN-Loop</c>.</param>
    /// <param name="timeout">Ends the origin's time.</param>
    /// <param name="stopping">Ends it all.</param>
    /// <returns>What was wrong, and the status; 0 without an answer.</returns>
    public static async Task<(OriginFailure Failure, int Status)> SendAsync(Site site, PageAddress page, PageWatch? watch, string loopId, CancellationToken timeout, CancellationToken stopping)
    {
        using var request = ProbeSender.Request(site, page.Target.ToString(), page.Authority, loopId);
        request.Headers.TryAddWithoutValidation("X-Forwarded-Proto", page.Scheme);
        BodyStart? start;
        (OriginFailure Failure, int Status) met;
        try
        {
            using var response = await site.Origin.Client.Probes.SendAsync(request, timeout);
            met = (LiveExchange.FailureOf(response), (int)response.StatusCode);
            start = met.Failure == OriginFailure.None && watch?.Look(response) == true ? await StartOfAsync(response, timeout) : null;
        }
        catch (Exception e) when (e is HttpRequestException or IOException or OperationCanceledException)
        {
            return (RequestFaults.Of(e), 0);
        }

        if (start is { } body)
        {
            // The copy is on our own disk, and how long that takes is not the origin's doing.
            await watch!.JudgeAsync(body, stopping);
        }

        return met;
    }

    /// <summary>As much of an answer's body as a page is told by.</summary>
    public static async Task<BodyStart> StartOfAsync(HttpResponseMessage response, CancellationToken timeout)
    {
        await using var body = await response.Content.ReadAsStreamAsync(timeout);
        var start = new byte[PageMarks.HeadLength];
        var length = await body.ReadAtLeastAsync(start, start.Length, throwOnEndOfStream: false, timeout);
        return new BodyStart(start.AsMemory(0, length), length < start.Length);
    }
}

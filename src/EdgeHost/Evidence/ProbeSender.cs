using System.Text;
using EdgeHost.Health;
using EdgeHost.Live;
using EdgeHost.Origins;
using EdgeHost.Sites;

namespace EdgeHost.Evidence;

/// <summary>Sends one probe, on connections of the probes' own, and holds the answer against what is expected.</summary>
internal static class ProbeSender
{
    private const int MostBytes = 256 * 1024;

    /// <param name="site">The site.</param>
    /// <param name="watch">Holds the answer against the snapshot's copy, where the probe asks for a page that has one.</param>
    /// <param name="loopId">This installation's name in <c>CDN-Loop</c>.</param>
    /// <param name="timeout">Ends the origin's time.</param>
    /// <param name="stopping">Ends it all.</param>
    /// <returns>What was wrong, and what came in words for people.</returns>
    public static async Task<(OriginFailure Failure, string Received)> SendAsync(Site site, PageWatch? watch, string loopId, CancellationToken timeout, CancellationToken stopping)
    {
        var probe = site.Probe;
        using var request = Request(site, probe.Target, probe.Host.ToString(), loopId);
        (OriginFailure Failure, string Received, BodyStart? Start) met;
        try
        {
            using var response = await site.Origin.Client.Probes.SendAsync(request, timeout);
            met = await JudgeAsync(probe, watch, response, timeout);
        }
        catch (Exception e) when (e is HttpRequestException or IOException or OperationCanceledException)
        {
            var failure = RequestFaults.Of(e);
            return (failure, $"{failure.Name()}: {e.Message}");
        }

        if (met.Start is { } body)
        {
            // The copy is on our own disk, and how long that takes is not the origin's doing.
            await watch!.JudgeAsync(body, stopping);
        }

        return met.Failure == OriginFailure.None && watch is { Found: ContentKind.Lost }
            ? (OriginFailure.ContentLost, $"{met.Received}, with a page that is not the site's")
            : (met.Failure, met.Received);
    }

    /// <summary>A request of the edge's own.</summary>
    public static HttpRequestMessage Request(Site site, string target, string host, string loopId)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, new Uri(site.Origin.Prefix + target, new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true }));
        request.Headers.Host = host;
        request.Headers.TryAddWithoutValidation("User-Agent", "EdgeHost-probe");
        request.Headers.TryAddWithoutValidation(CdnLoop.Header, loopId);
        return request;
    }

    private static async Task<(OriginFailure Failure, string Received, BodyStart? Start)> JudgeAsync(Probe probe, PageWatch? watch, HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var status = (int)response.StatusCode;
        var received = response.Headers.Location is { } location ? $"{status}, Location: {location}" : $"{status}";
        if (!probe.Statuses.Any(range => range.Holds(status)))
        {
            if (status < StatusCodes.Status500InternalServerError && watch?.Look(response) is not null && watch.Found == ContentKind.Lost)
            {
                return (OriginFailure.ContentLost, received, null);
            }

            return (LiveExchange.FailureOf(response) is var failure and not OriginFailure.None ? failure : OriginFailure.UnexpectedStatus, received, null);
        }

        if (probe.Header is var (name, value) && !HasHeader(response, name, value))
        {
            return (OriginFailure.UnexpectedContent, $"{received}, without the header", null);
        }

        if (probe.Text is not null)
        {
            // Whoever names a text has said how the site is told.
            return (await ReadAsync(response, cancellationToken)).Contains(probe.Text, StringComparison.Ordinal)
                ? (OriginFailure.None, received, null)
                : (OriginFailure.UnexpectedContent, $"{received}, without the text", null);
        }

        var isLooked = watch is not null && (status == StatusCodes.Status200OK || probe.ExpectsUsual) && watch.Look(response);
        return (OriginFailure.None, received, isLooked ? await PageCheck.StartOfAsync(response, cancellationToken) : null);
    }

    private static bool HasHeader(HttpResponseMessage response, string name, string? value) =>
        (response.Headers.NonValidated.TryGetValues(name, out var values) || response.Content.Headers.NonValidated.TryGetValues(name, out values))
        && (value is null || values.Any(one => one.Trim() == value));

    private static async Task<string> ReadAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        await using var body = await response.Content.ReadAsStreamAsync(cancellationToken);
        var buffer = new byte[MostBytes];
        var length = await body.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellationToken);
        return Encoding.UTF8.GetString(buffer, 0, length);
    }
}

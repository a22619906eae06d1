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

    /// <returns>What was wrong, and what came in words for people.</returns>
    public static async Task<(OriginFailure Failure, string Received)> SendAsync(Site site, string loopId, CancellationToken cancellationToken)
    {
        var probe = site.Probe;
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(site.Origin.Prefix + probe.Target, new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true }));
        request.Headers.Host = probe.Host.ToString();
        request.Headers.TryAddWithoutValidation("User-Agent", "EdgeHost-probe");
        request.Headers.TryAddWithoutValidation(CdnLoop.Header, loopId);
        try
        {
            using var response = await site.Origin.Client.Probes.SendAsync(request, cancellationToken);
            return await JudgeAsync(probe, response, cancellationToken);
        }
        catch (Exception e) when (e is HttpRequestException or IOException or OperationCanceledException)
        {
            var failure = RequestFaults.Of(e);
            return (failure, $"{failure.Name()}: {e.Message}");
        }
    }

    private static async Task<(OriginFailure Failure, string Received)> JudgeAsync(Probe probe, HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var status = (int)response.StatusCode;
        var received = response.Headers.Location is { } location ? $"{status}, Location: {location}" : $"{status}";
        if (!probe.Statuses.Any(range => range.Holds(status)))
        {
            return (status switch
            {
                508 => OriginFailure.LoopDetected,
                502 or 503 or 504 => OriginFailure.GatewayError,
                >= 500 => OriginFailure.ServerError,
                _ => OriginFailure.UnexpectedStatus,
            }, received);
        }

        if (probe.Header is var (name, value) && !HasHeader(response, name, value))
        {
            return (OriginFailure.UnexpectedContent, $"{received}, without the header");
        }

        return probe.Text is null || (await ReadAsync(response, cancellationToken)).Contains(probe.Text, StringComparison.Ordinal)
            ? (OriginFailure.None, received)
            : (OriginFailure.UnexpectedContent, $"{received}, without the text");
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

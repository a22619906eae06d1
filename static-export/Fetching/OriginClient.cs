using System.Net.Http.Headers;
using System.Reflection;
using EdgeHost.SnapshotStore.Exports;
using StaticExport.Scoping;

namespace StaticExport.Fetching;

/// <summary>One request to the origin: as a visitor of the public website would cause it, without cookies, without following redirects, within bounds.</summary>
internal sealed class OriginClient : IDisposable
{
    private readonly HttpClient http;
    private readonly Uri origin;
    private readonly string runId;
    private readonly FetchLimits limits;
    private readonly BodySpool spool;
    private readonly TimeProvider clock;

    /// <param name="origin">Scheme, host and port.</param>
    /// <param name="runId">Marks the requests, so that an edge never answers them from a snapshot.</param>
    /// <param name="limits">Bounds.</param>
    /// <param name="spool">Where bodies go.</param>
    /// <param name="clock">The time.</param>
    public OriginClient(Uri origin, string runId, FetchLimits limits, BodySpool spool, TimeProvider clock)
    {
        this.origin = origin;
        this.runId = runId;
        this.limits = limits;
        this.spool = spool;
        this.clock = clock;
        http = new HttpClient(new SocketsHttpHandler
        {
            UseCookies = false,
            AllowAutoRedirect = false,
            UseProxy = false,
            ActivityHeadersPropagator = null,
            MaxConnectionsPerServer = limits.Concurrency,
            ConnectTimeout = TimeSpan.FromSeconds(10),
            // Unpacked in BodyReader, where the swelling of a body is bounded.
            AutomaticDecompression = System.Net.DecompressionMethods.None,
        })
        {
            Timeout = Timeout.InfiniteTimeSpan,
        };
    }

    public static string UserAgent { get; } = $"EdgeHost-static-export/{typeof(OriginClient).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0]}";

    /// <exception cref="OperationCanceledException">The export was cancelled.</exception>
    /// <exception cref="IOException">The spool can't be written.</exception>
    public async Task<FetchResult> FetchAsync(SiteView view, string target, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(limits.PageTimeout, clock);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        try
        {
            using var request = Request(view, target);
            using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, both.Token);
            return AnswerReading.FailureOf(response, clock) ?? await ReadAsync(response, both.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return FetchResult.Of(FetchFailureKind.TimedOut, $"no whole answer within {limits.PageTimeout.TotalSeconds:0.#} s (--page-timeout)");
        }
        catch (HttpRequestException e)
        {
            return FetchResult.Of(KindOf(e.HttpRequestError), Innermost(e));
        }
    }

    public void Dispose() => http.Dispose();

    private static FetchFailureKind KindOf(HttpRequestError error) => error switch
    {
        HttpRequestError.ResponseEnded => FetchFailureKind.BrokenOff,
        HttpRequestError.InvalidResponse or HttpRequestError.ConfigurationLimitExceeded or HttpRequestError.HttpProtocolError => FetchFailureKind.InvalidAnswer,
        HttpRequestError.Unknown => FetchFailureKind.BrokenOff,
        _ => FetchFailureKind.NotConnected,
    };

    private static string Innermost(Exception e) => e.InnerException is null ? e.Message : Innermost(e.InnerException);

    private HttpRequestMessage Request(SiteView view, string target)
    {
        // As it is: Uri would escape and unescape by rules of its own.
        var uri = new Uri(origin.GetLeftPart(UriPartial.Authority) + target, new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true });
        var request = new HttpRequestMessage(HttpMethod.Get, uri);
        request.Headers.Host = view.Authority.ToString();
        request.Headers.TryAddWithoutValidation("User-Agent", UserAgent);
        request.Headers.TryAddWithoutValidation("Accept", "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8");
        // Of the codings that all origins have, the one whose end can be checked.
        request.Headers.TryAddWithoutValidation("Accept-Encoding", "gzip");
        request.Headers.TryAddWithoutValidation("X-Forwarded-Proto", view.Scheme);
        request.Headers.TryAddWithoutValidation("X-Forwarded-Host", view.Authority.ToString());
        request.Headers.TryAddWithoutValidation(ExportMark.Header, runId);
        return request;
    }

    private async Task<FetchResult> ReadAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var answer = AnswerReading.Head(response, clock.GetUtcNow());
        var coding = ContentCoding(response.Content.Headers);
        await using var content = await response.Content.ReadAsStreamAsync(cancellationToken);
        await using var reader = BodyReader.For(content, coding, limits.MaxBodyBytes);
        if (reader is null)
        {
            return FetchResult.Of(FetchFailureKind.InvalidAnswer, $"its body has the coding '{coding}', which was not asked for");
        }

        var body = await spool.WriteAsync(memory => reader.ReadAsync(memory, cancellationToken), cancellationToken);
        if (body is null)
        {
            return new FetchResult(null, reader.Failure);
        }

        if (answer.IsCloseDelimited && !reader.IsWhole)
        {
            return FetchResult.Of(FetchFailureKind.BrokenOff, "the connection ended within its compressed body");
        }

        return FetchResult.Of(body.Length == 0 ? answer with { IsCloseDelimited = false } : answer with { Body = body });
    }

    private static string? ContentCoding(HttpContentHeaders headers) => headers.NonValidated.TryGetValues("Content-Encoding", out var values) ? values.ToString() : null;
}

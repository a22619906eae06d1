using System.Collections.Concurrent;
using EdgeHost.Health;
using EdgeHost.Live;
using EdgeHost.Origins;
using EdgeHost.Sites;

namespace EdgeHost.Evidence;

/// <summary>Probes what is down, so that no visitor has to find out whether it is back. What is up is judged by its requests.</summary>
internal sealed partial class ProbeLoop(SiteTableState tables, HealthEvents health, TimeProvider clock, ILogger<ProbeLoop> log) : BackgroundService
{
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(50);

    private readonly ConcurrentDictionary<string, long> lastProbes = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, bool> underWay = new(StringComparer.Ordinal);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Tick, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            foreach (var site in Due(tables.Current))
            {
                lastProbes[site.IdText] = clock.GetTimestamp();
                _ = ProbeAsync(site, tables.Current.Options.LoopId, stoppingToken);
            }
        }
    }

    private IEnumerable<Site> Due(SiteTable table)
    {
        foreach (var sites in table.Sites.GroupBy(site => site.Origin))
        {
            if (!sites.Key.Health.IsDown)
            {
                foreach (var site in sites.Where(site => site.State.Health.IsDown && !underWay.ContainsKey(site.IdText) && IsDue(site)))
                {
                    yield return site;
                }
            }
            else if (sites.All(IsDue) && sites.Where(site => !underWay.ContainsKey(site.IdText)).MinBy(LastProbe) is { } next)
            {
                // One site at a time stands for an origin that can't be reached, each in turn: the one whose pages hang must not stand for all.
                yield return next;
            }
        }
    }

    private bool IsDue(Site site) => !lastProbes.TryGetValue(site.IdText, out var last) || clock.GetElapsedTime(last) >= site.Origin.Options.ProbeInterval;

    private long LastProbe(Site site) => lastProbes.GetValueOrDefault(site.IdText, long.MinValue);

    private async Task ProbeAsync(Site site, string loopId, CancellationToken stopping)
    {
        underWay[site.IdText] = true;
        try
        {
            using var timeout = new CancellationTokenSource(site.Origin.Options.ProbeTimeout, clock);
            using var linked = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, stopping);
            var failure = await AskAsync(site, loopId, linked.Token);
            if (stopping.IsCancellationRequested)
            {
                return;
            }

            switch (failure)
            {
                case OriginFailure.None:
                    health.ProbePassed(site);
                    break;
                case OriginFailure.EdgeExhausted:
                    break;
                case var _ when failure.IsConnectionLevel():
                    health.ProbeFailed(site, failure);
                    break;
                default:
                    // Whatever it answered, or that it hung or hung up: somebody is there.
                    health.ProbeReached(site);
                    health.ProbeFailed(site, failure);
                    break;
            }
        }
        catch (Exception e)
        {
            // The top of a loop: a probe that can't be made must not end the probing.
            LogBroken(e, site.IdText);
        }
        finally
        {
            underWay.TryRemove(site.IdText, out _);
        }
    }

    private static async Task<OriginFailure> AskAsync(Site site, string loopId, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(site.Origin.Prefix + site.ProbePath, new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true }));
        request.Headers.Host = site.Host.ToString();
        request.Headers.TryAddWithoutValidation("User-Agent", "EdgeHost-probe");
        request.Headers.TryAddWithoutValidation(CdnLoop.Header, loopId);
        try
        {
            using var response = await site.Origin.Client.Probes.SendAsync(request, cancellationToken);
            return (int)response.StatusCode switch
            {
                508 => OriginFailure.LoopDetected,
                502 or 503 or 504 => OriginFailure.GatewayError,
                >= 500 => OriginFailure.ServerError,
                _ => OriginFailure.None,
            };
        }
        catch (Exception e) when (e is HttpRequestException or IOException or OperationCanceledException)
        {
            return RequestFaults.Of(e);
        }
    }

    [LoggerMessage(EventId = 110, Level = LogLevel.Error, Message = "The probe of site {Site} could not be made")]
    private partial void LogBroken(Exception e, string site);
}

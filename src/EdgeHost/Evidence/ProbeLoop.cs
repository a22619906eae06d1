using System.Collections.Concurrent;
using System.Collections.Immutable;
using EdgeHost.Health;
using EdgeHost.Loops;
using EdgeHost.Origins;
using EdgeHost.Sites;
using EdgeHost.Snapshots;
using EdgeHost.SnapshotStore.Targets;

namespace EdgeHost.Evidence;

/// <summary>
/// Probes each origin, by its sites in turn, and each site that is not live. So an outage is noticed before the first visitor meets it, and no visitor has to
/// find out whether it is over.
/// </summary>
internal sealed partial class ProbeLoop(SiteTableState tables, HealthEvents health, RestlessSites restless, ContentWatch content, TimeProvider clock, ILogger<ProbeLoop> log)
    : TickLoop(TimeSpan.FromMilliseconds(50), clock, log)
{
    // However many of its sites are ill, an origin is not to be kept ill by being asked.
    private const int MostUnderWay = 10;

    // Only the loop's own: when each site was probed last, and when each site and each origin is due.
    private readonly Dictionary<string, long> lastProbes = new(StringComparer.Ordinal);
    private readonly Dictionary<string, long> siteDueAt = new(StringComparer.Ordinal);
    private readonly Dictionary<string, long> originDueAt = new(StringComparer.Ordinal);

    private readonly ConcurrentDictionary<string, string> underWay = new(StringComparer.Ordinal);

    protected override void Tick(CancellationToken stopping)
    {
        health.Tick();
        var table = tables.Current;
        var ill = restless.Of(table).Where(site => site.State.Health.Current.Phase != HealthPhase.Live && IsFree(site)).ToLookup(site => site.Origin);
        foreach (var site in table.Origins.SelectMany(origin => Due(origin, table.SitesOf(origin), ill[origin])).ToList())
        {
            lastProbes[site.IdText] = Clock.GetTimestamp();
            siteDueAt[site.IdText] = Next(site.Origin, site.State.Health);
            underWay[site.IdText] = site.Origin.Name;
            _ = ProbeAsync(site, table.Options.LoopId, stopping);
        }
    }

    private List<Site> Due(Origin origin, ImmutableArray<Site> sites, IEnumerable<Site> ill)
    {
        var due = new List<Site>();
        if (origin.Health.Current is not { Phase: HealthPhase.Snapshot, ByVerdict: false })
        {
            var places = MostUnderWay - underWay.Values.Count(name => name == origin.Name);
            due.AddRange(ill.Where(site => IsDue(siteDueAt, site.IdText, origin, site.State.Health)).OrderBy(LastProbe).Take(places));
        }

        // Beside those, one site at a time stands for the origin, each in turn: the one whose pages hang must not stand for all.
        if (IsDue(originDueAt, origin.Name, origin, origin.Health) && sites.Where(IsFree).Except(due).MinBy(LastProbe) is { } next)
        {
            originDueAt[origin.Name] = Next(origin, origin.Health);
            due.Add(next);
        }

        return due;
    }

    private bool IsFree(Site site) => !underWay.ContainsKey(site.IdText);

    // An interval after it was first seen, and a tenth more or less each time: edges that start at one moment don't probe at one.
    private bool IsDue(Dictionary<string, long> dueAt, string key, Origin origin, HealthState health)
    {
        // A reload may have made the interval shorter.
        var next = Next(origin, health);
        if (!dueAt.TryGetValue(key, out var due) || due - next > origin.Options.ProbeInterval.TotalSeconds * Clock.TimestampFrequency)
        {
            dueAt[key] = due = next;
        }

        return Clock.GetTimestamp() >= due;
    }

    // What is suspect is asked twice as often, so that an outage which no visitor meets is found within as many intervals as it takes failures.
    private long Next(Origin origin, HealthState health)
    {
        var intervals = (0.9 + (0.2 * Random.Shared.NextDouble())) * (health.Current.Phase == HealthPhase.Suspect ? 0.5 : 1);
        return Clock.GetTimestamp() + (long)(origin.Options.ProbeInterval.TotalSeconds * intervals * Clock.TimestampFrequency);
    }

    private long LastProbe(Site site) => lastProbes.GetValueOrDefault(site.IdText, long.MinValue);

    private async Task ProbeAsync(Site site, string loopId, CancellationToken stopping)
    {
        try
        {
            var startedAt = Clock.GetTimestamp();
            using var timeout = new CancellationTokenSource(site.Origin.Options.ProbeTimeout, Clock);
            using var linked = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, stopping);
            var (failure, received) = await ProbeSender.SendAsync(site, ProbeWatch(site), loopId, linked.Token, stopping);
            if (failure == OriginFailure.None && site.Origin.Health.Current is { ByVerdict: true, TurnedBy: OriginFailure.ContentLost })
            {
                (failure, received) = await HomeAsync(site, received, loopId, linked.Token, stopping);
            }

            if (!stopping.IsCancellationRequested)
            {
                health.Probed(site, failure, received, startedAt);
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

    // A health page may be answered where nothing else is: what had lost its content must show some.
    private async Task<(OriginFailure Failure, string Received)> HomeAsync(Site site, string received, string loopId, CancellationToken timeout, CancellationToken stopping)
    {
        if (site.State.Snapshot is not { Home: var home } || ProbeWatch(site)?.Page == home || content.For(site, home, HealthEvidence.Ourselves) is not { } watch)
        {
            return (OriginFailure.None, received);
        }

        var (failure, status) = await PageCheck.SendAsync(site, home, watch, loopId, timeout, stopping);
        return watch.Found == ContentKind.Lost ? (OriginFailure.ContentLost, $"{received}, and {status} for the home page, which is not the site's") : (failure, received);
    }

    private PageWatch? ProbeWatch(Site site) => site.State.Snapshot is { Home.Scheme: var scheme } && RequestTarget.TryParse(site.Probe.Target, out var target, out _)
        ? content.For(site, new PageAddress(scheme, site.Probe.Host.ToString(), target), HealthEvidence.Ourselves)
        : null;

    [LoggerMessage(EventId = 110, Level = LogLevel.Error, Message = "The probe of site {Site} could not be made")]
    private partial void LogBroken(Exception e, string site);
}

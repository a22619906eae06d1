using System.Collections.Concurrent;
using EdgeHost.Health;
using EdgeHost.Sites;
using EdgeHost.Snapshots;
using EdgeHost.SnapshotStore.Manifests;

namespace EdgeHost.Evidence;

/// <summary>
/// Asks for pages of sites that are suspected, on the edge's own account: so what one visitor alone has met is believed when the edge meets it as well, and a
/// home page that nobody visits is looked at before a site's content counts as lost.
/// </summary>
internal sealed partial class CheckLoop(CheckOrders orders, ContentWatch content, HealthEvents health, SiteTableState tables, TimeProvider clock, ILogger<CheckLoop> log) : BackgroundService
{
    // An origin in trouble is not to be kept there by being asked; nor may one that hangs keep the sites of others waiting.
    private const int MostRoundsPerOrigin = 10;

    private readonly ConcurrentDictionary<string, int> underWay = new(StringComparer.Ordinal);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await foreach (var ordered in orders.Reader.ReadAllAsync(stoppingToken))
        {
            // As a reload has left it: its origin may be another by now.
            var site = tables.Current.Find(ordered.Id);
            if (site is null || underWay.AddOrUpdate(site.Origin.Name, 1, static (_, rounds) => rounds + 1) > MostRoundsPerOrigin)
            {
                // Who still wants it orders it again.
                End(site, ordered);
                continue;
            }

            _ = RoundAsync(site, stoppingToken);
        }
    }

    private void End(Site? begun, Site ordered)
    {
        if (begun is not null)
        {
            underWay.AddOrUpdate(begun.Origin.Name, 0, static (_, rounds) => rounds - 1);
        }

        ordered.State.Checks.Rounds.End();
    }

    private async Task RoundAsync(Site site, CancellationToken stopping)
    {
        try
        {
            if (site.State.Snapshot is { } snapshot)
            {
                var pages = site.State.Checks.Take();
                await Task.WhenAll(pages.Where(page => !page.IsHome).Append(snapshot.Home).Select(page => CheckAsync(site, snapshot, page, stopping)));
            }
        }
        catch (Exception e) when (!stopping.IsCancellationRequested)
        {
            // The top of a loop: a check that fails must not end the checking.
            LogBroken(e, site.IdText);
        }
        catch (OperationCanceledException)
        {
            // The edge ends.
        }

        // What is met meanwhile is looked at after the pause: nobody else may come and want it.
        await Task.Delay(CheckOrders.Interval, clock, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        End(site, site);
        if (site.State.Checks.HasMore && !stopping.IsCancellationRequested)
        {
            orders.Order(site, TimeSpan.Zero);
        }
    }

    private async Task CheckAsync(Site site, SiteSnapshot snapshot, PageAddress page, CancellationToken stopping)
    {
        if (snapshot.Find(page.Scheme, page.Authority, page.Target, clock) is not { Entry: var entry })
        {
            return;
        }

        var startedAt = clock.GetTimestamp();
        using var timeout = new CancellationTokenSource(site.Origin.Options.ProbeTimeout, clock);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, stopping);
        var watch = content.For(site, page, HealthEvidence.Ourselves);
        var (failure, status) = await PageCheck.SendAsync(site, page, watch, tables.Current.Options.LoopId, linked.Token, stopping);
        if (failure.IsEvidence(isRead: true, isCovered: true) && !stopping.IsCancellationRequested)
        {
            health.Observe(site, new Observation
            {
                Failure = failure,
                Covered = entry.Kind == EntryKind.Asset ? EvidenceKind.Asset : EvidenceKind.Document,
                IsAsExported = status == entry.Status && watch?.Found != ContentKind.Lost,
                Page = page,
                Visitor = HealthEvidence.Ourselves,
                StartedAt = startedAt,
            });
        }
    }

    [LoggerMessage(EventId = 114, Level = LogLevel.Error, Message = "A check of site {Site} could not be made")]
    private partial void LogBroken(Exception e, string site);
}

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
    // Of all sites together: an origin in trouble is not to be kept there by being asked.
    private const int MostRounds = 10;

    // Never disposed of, as a round may outlive the loop; it holds nothing that would have to be.
    private readonly SemaphoreSlim places = new(MostRounds);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await foreach (var site in orders.Reader.ReadAllAsync(stoppingToken))
        {
            await places.WaitAsync(stoppingToken);
            _ = RoundAsync(site, stoppingToken);
        }
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
            // The top of a loop: a look that fails must not end the looking.
            LogBroken(e, site.IdText);
        }
        catch (OperationCanceledException)
        {
            // The edge ends.
        }
        finally
        {
            places.Release();
        }

        // What is met meanwhile is looked at after the pause: nobody else may come and want it.
        await Task.Delay(CheckOrders.Interval, clock, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        site.State.Checks.Rounds.End();
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

    [LoggerMessage(EventId = 114, Level = LogLevel.Error, Message = "A look at site {Site} could not be made")]
    private partial void LogBroken(Exception e, string site);
}

using EdgeHost.SnapshotStore;
using StaticExport.LinkExtraction;
using StaticExport.Progress;
using StaticExport.Scoping;
using StaticExport.Urls;

namespace StaticExport.Crawling;

/// <summary>
/// The loop of a crawl on one view: hand out what waits, take in what comes back, until nothing waits or something says stop.
/// Only this loop touches the frontier; the visits run beside it.
/// </summary>
internal sealed class SiteCrawl(Visitor visitor, SiteView view, SiteScope scope, CrawlLimits limits, int concurrency, CrawlProgress progress, TimeProvider clock)
{
    private readonly Frontier frontier = new(scope, limits);
    private readonly OriginWatch watch = new();
    private readonly Dictionary<Task<Visit>, CrawlItem> running = [];
    private readonly List<Visit> visits = [];
    private readonly long began = clock.GetTimestamp();
    private Visit? notFoundProbe;
    private StopReason? stop;
    private long bytes;

    /// <param name="seeds">Where to start.</param>
    /// <param name="notFoundTarget">A page that can't exist; null to ask for none.</param>
    /// <param name="cancellationToken">Ends the export.</param>
    public async Task<CrawlResult> RunAsync(IEnumerable<Seed> seeds, string? notFoundTarget, CancellationToken cancellationToken)
    {
        foreach (var seed in seeds)
        {
            frontier.AddSeed(seed, view);
        }

        if (notFoundTarget is not null)
        {
            frontier.AddNotFoundProbe(notFoundTarget);
        }

        using var stopped = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        try
        {
            await LoopAsync(stopped.Token);
        }
        finally
        {
            await stopped.CancelAsync();
            await Task.WhenAll(running.Keys).ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        }

        return Result();
    }

    private async Task LoopAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            stop ??= clock.GetElapsedTime(began) > limits.MaxTime ? StopReason.MaxTime : frontier.IsOverflowing ? StopReason.MaxPages : null;
            while (stop is null && running.Count < concurrency && frontier.TryNext(running.Count == 0 ? null : running.Values.Min(item => item.Depth), out var item))
            {
                progress.Started(view.UrlOf(item.Request).ToString());
                running.Add(Task.Run(() => VisitAsync(item, cancellationToken), cancellationToken), item);
            }

            if (running.Count == 0 || stop is not null)
            {
                return;
            }

            var done = await Task.WhenAny(running.Keys);
            running.Remove(done, out var finished);
            var visit = await done;
            Take(visit);
            progress.Finished(view.UrlOf(finished!.Request).ToString(), visit.Answer?.Body?.Length ?? 0, visit.Failure?.Detail, frontier.Waiting);
        }
    }

    // A fault of ours ends the export; the page that brought it to light is half of its explanation.
    private async Task<Visit> VisitAsync(CrawlItem item, CancellationToken cancellationToken)
    {
        try
        {
            return await visitor.VisitAsync(item, view, cancellationToken);
        }
        catch (Exception e) when (e is not (OperationCanceledException or IOException or UnauthorizedAccessException or StoreException))
        {
            throw new InvalidOperationException($"{view.UrlOf(item.Request)} could not be processed: {e.GetType().Name}: {e.Message}", e);
        }
    }

    private void Take(Visit visit)
    {
        visits.Add(visit);
        stop ??= watch.Saw(visit.Failure);
        if (visit.Failure is not null && visit.Item.Key == "/")
        {
            stop = StopReason.HomePageFailed;
        }

        if (visit.Answer is not { } answer)
        {
            return;
        }

        bytes += answer.Body?.Length ?? 0;
        stop ??= bytes > limits.MaxBytes ? StopReason.MaxBytes : null;
        foreach (var link in visit.Links)
        {
            frontier.AddLink(link, visit.Item, documentIsGone: answer.Status is 404 or 410 && !visit.Item.IsNotFoundProbe);
        }

        if (answer.Location is not null && WebUrlParser.Resolve(answer.Location, view.UrlOf(visit.Item.Request), null, out var target) == LinkForm.Web)
        {
            frontier.AddRedirect(target!, visit.Item);
        }
    }

    private CrawlResult Result()
    {
        frontier.Abandon(running.Values, $"the crawl ended before its turn: {stop}");
        notFoundProbe = visits.Find(visit => visit.Item.IsNotFoundProbe);
        return new CrawlResult
        {
            View = view,
            Visits = [.. visits.Where(visit => !visit.Item.IsNotFoundProbe).Select(WithKind).OrderBy(visit => visit.Item.Key, StringComparer.Ordinal)],
            Skipped = [.. frontier.Skipped.OrderBy(skip => skip.Url, StringComparer.Ordinal)],
            UnlistedSkips = frontier.UnlistedSkips,
            OffSiteLinks = frontier.OffSiteLinks,
            OffSite = [.. frontier.OffSite.Order(StringComparer.Ordinal)],
            NotFoundProbe = notFoundProbe,
            Stopped = stop,
        };
    }

    private Visit WithKind(Visit visit) => visit.Answer is null
        ? visit
        : visit with { Answer = visit.Answer with { Kind = EntryKinds.Of(visit.Answer.Status, visit.Answer.ContentType, frontier.IsPage(visit.Item.Key) && visit.Item.Role != LinkRole.Stylesheet) } };
}

using EdgeHost.SnapshotStore;
using EdgeHost.SnapshotStore.Manifests;
using StaticExport.Comparing;
using StaticExport.Crawling;
using StaticExport.HostViews;

namespace StaticExport.Reports;

/// <summary>Makes the report's parts of what was crawled. Pure.</summary>
internal static class ReportAssembly
{
    public static ExportReport WithCrawl(this ExportReport report, CrawlResult crawl, IReadOnlyList<ViewResult> views)
    {
        var crawls = views.Select(view => view.Crawl).OfType<CrawlResult>().Prepend(crawl).ToList();
        return report with
        {
            Totals = Totals(crawls),
            NotFound = NotFound(crawl.NotFoundProbe),
            Views = [.. views.Select(View)],
            OffSite = new ReportOffSite(crawls.Sum(one => one.OffSiteLinks), crawl.OffSite, crawl.OffSite.Length < crawl.OffSiteLinks && crawl.OffSite.Length >= Frontier.MostOffSite),
            Urls = [.. crawls.SelectMany(one => Urls(one, one == crawl ? null : one.View.ToString()))],
            Warnings = [.. report.Warnings, .. Warnings(crawls, crawl.NotFoundProbe)],
        };
    }

    private static ReportTotals Totals(List<CrawlResult> crawls)
    {
        var visits = crawls.SelectMany(crawl => crawl.Visits).ToList();
        var answered = visits.Where(visit => visit.Answer is not null).ToList();
        return new ReportTotals
        {
            Recorded = answered.Count,
            Documents = answered.Count(visit => visit.Answer!.Kind == EntryKind.Document),
            Assets = answered.Count(visit => visit.Answer!.Kind == EntryKind.Asset),
            Redirects = answered.Count(visit => visit.Answer!.Status is >= 300 and < 400),
            Gone = answered.Count(visit => visit.Answer!.Status is 404 or 410),
            Forbidden = answered.Count(visit => visit.Answer!.Status is 401 or 403),
            Failed = crawls.Sum(crawl => crawl.Failed.Count()),
            Skipped = crawls.Sum(crawl => crawl.Skipped.Length + crawl.UnlistedSkips),
            SkippedUnlisted = crawls.Sum(crawl => crawl.UnlistedSkips),
            Bytes = answered.Sum(visit => visit.Answer!.Body?.Length ?? 0),
            New = answered.Count(visit => visit.Change == EntryChange.New),
            Changed = answered.Count(visit => visit.Change == EntryChange.Changed),
            Same = answered.Count(visit => visit.Change == EntryChange.Same),
            Kept = answered.Count(visit => visit.Change == EntryChange.Kept),
            Reserved = answered.Count(visit => visit.Reservation is not null),
        };
    }

    private static ReportNotFound? NotFound(Visit? probe) => probe switch
    {
        null => null,
        { Answer: null } => new ReportNotFound(probe.Item.Request, null, false, probe.Failure!.Detail),
        { Answer: { Status: 404 or 410, Body: not null } answer } => new ReportNotFound(probe.Item.Request, answer.Status, true, null),
        { Answer: { Status: 404 or 410 } answer } => new ReportNotFound(probe.Item.Request, answer.Status, false, "it has no body"),
        { Answer: { } answer } => new ReportNotFound(probe.Item.Request, answer.Status, false, $"the site answers {answer.Status} for a page that does not exist, and not 404 (a \"soft 404\")"),
    };

    private static ReportView View(ViewResult view) => new(
        view.View.ToString(),
        view.Decision is { } decision ? KebabCase.Of(decision.Rule) : "unknown",
        view.Decision?.RedirectStatus,
        view.Decision?.RedirectTo,
        view.Decision?.Reason ?? view.Failure!.Detail);

    private static IEnumerable<ReportUrl> Urls(CrawlResult crawl, string? view) =>
        crawl.Visits.Select(visit => Url(visit, view)).Concat(crawl.Skipped.Select(skip => new ReportUrl
        {
            Url = skip.Url,
            View = view,
            Fate = UrlFate.Skipped,
            Reason = KebabCase.Of(skip.Reason),
            Detail = skip.Detail,
            From = skip.FoundOn,
        })).OrderBy(url => url.Url, StringComparer.Ordinal);

    private static ReportUrl Url(Visit visit, string? view) => new()
    {
        Url = visit.Item.Key,
        View = view,
        Fate = visit.Answer is null ? UrlFate.Failed : UrlFate.Recorded,
        Status = visit.Answer?.Status,
        Kind = visit.Answer is { } answer ? KebabCase.Of(answer.Kind) : null,
        Type = visit.Answer?.ContentType,
        Location = visit.Answer?.Location,
        Bytes = visit.Answer?.Body?.Length,
        Change = visit.Answer is null ? null : KebabCase.Of(visit.Change),
        Reason = visit.Failure is null ? null : KebabCase.Of(visit.Failure.Kind),
        Detail = visit.Failure?.Detail,
        Reserved = visit.Reservation,
        Warnings = visit.Warnings.IsEmpty ? null : visit.Warnings,
        From = visit.Item.FoundOn,
    };

    private static IEnumerable<string> Warnings(List<CrawlResult> crawls, Visit? probe)
    {
        if (NotFound(probe) is { Recorded: false, Detail: { } detail })
        {
            yield return $"The snapshot has no page for what does not exist: {detail}.";
        }

        foreach (var visit in crawls.SelectMany(crawl => crawl.Visits).Where(visit => !visit.Warnings.IsEmpty))
        {
            yield return $"{visit.Item.Key}: {string.Join("; ", visit.Warnings)}.";
        }

        var forbidden = crawls.SelectMany(crawl => crawl.Visits).Count(visit => visit.Answer is { Status: 401 or 403 });
        if (forbidden > 0)
        {
            yield return $"{forbidden} URLs answer 401 or 403, and are recorded so: exclude them, or make them public.";
        }

        var tooDeep = crawls.SelectMany(crawl => crawl.Skipped).Count(skip => skip.Reason == SkipReason.TooDeep);
        if (tooDeep > 0)
        {
            yield return $"{tooDeep} URLs are deeper than --max-depth and are not in the snapshot.";
        }
    }
}

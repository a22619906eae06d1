using System.Collections.Immutable;
using System.Globalization;
using StaticExport.Crawling;
using StaticExport.HostViews;
using StaticExport.Scoping;

namespace StaticExport.Judging;

/// <summary>Decides whether a crawl is good enough to replace what visitors see. Pure.</summary>
internal static class QualityGate
{
    private const int NamedFailures = 5;

    public static Verdict Judge(CrawlResult crawl, IReadOnlyList<ViewResult> views, SiteScope scope, CrawlLimits limits, int maxFailed)
    {
        var refusals = ImmutableArray.CreateBuilder<string>();
        foreach (var stopped in views.Select(view => view.Crawl).Prepend(crawl).Where(one => one?.Stopped is not null))
        {
            refusals.Add(Explain(stopped!, limits));
        }

        // A crawl that stopped has said why; its home page may not have had its turn.
        if (crawl.Stopped is null && HomePage.Fault(crawl, scope) is { } fault)
        {
            refusals.Add(fault);
        }

        var failures = crawl.Failed.Concat(views.SelectMany(view => view.Crawl?.Failed ?? []))
            .Select(visit => $"{visit.Item.Key}: {visit.Failure!.Detail}")
            .Concat(views.Select(view => view.Failure?.Detail).OfType<string>())
            .ToList();
        // A crawl that stopped says so above, and in fewer words.
        if (failures.Count > maxFailed && refusals.Count == 0)
        {
            refusals.Add(string.Create(
                CultureInfo.InvariantCulture,
                $"{failures.Count} URLs failed, and --max-failed is {maxFailed}: {string.Join("; ", failures.Take(NamedFailures))}{(failures.Count > NamedFailures ? "; …" : "")}"));
        }

        return new Verdict(refusals.ToImmutable());
    }

    private static string Explain(CrawlResult crawl, CrawlLimits limits) => crawl.Stopped switch
    {
        StopReason.MaxPages => $"{crawl.View} has more than {limits.MaxPages} URLs: exclude what is endless ({Branches.Largest(crawl)}), or raise --max-pages",
        StopReason.MaxBytes => $"{crawl.View} has more than {limits.MaxBytes} bytes: exclude what is not needed, or raise --max-bytes",
        StopReason.MaxTime => $"the crawl of {crawl.View} took longer than {limits.MaxTime}: raise --max-time or --concurrency, or exclude what is not needed",
        StopReason.OriginGone => $"the origin is gone: {OriginWatch.MostSilent} URLs in a row had no answer, {Last(crawl)} the last; the crawl was stopped",
        StopReason.OriginFailing => $"the origin is ill: {OriginWatch.MostFailed} URLs in a row failed, {Last(crawl)} the last; the crawl was stopped",
        _ => $"the home page failed, {Last(crawl)}; the crawl was stopped",
    };

    private static string Last(CrawlResult crawl) => crawl.Failed.LastOrDefault(visit => visit.Item.Key == "/" || crawl.Stopped != StopReason.HomePageFailed) is { } visit
        ? $"{visit.Item.Key} ({visit.Failure!.Detail})"
        : "unknown";
}

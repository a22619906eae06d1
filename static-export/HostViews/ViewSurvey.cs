using System.Collections.Immutable;
using EdgeHost.SnapshotStore.Manifests;
using StaticExport.Crawling;
using StaticExport.Fetching;
using StaticExport.Scoping;
using StaticExport.Volatility;

namespace StaticExport.HostViews;

/// <summary>Asks a few targets on each other scheme and host of the site, so that the edge can answer there as the site does.</summary>
internal sealed class ViewSurvey(PatientOrigin origin, VolatilePatterns volatileParts, Func<SiteView, SiteCrawl> crawlOf)
{
    private static readonly string[] Schemes = ["https", "http"];

    private const int Pages = 4;
    private const int Assets = 2;

    /// <summary>Both schemes of every host; a host with a port of its own has one scheme there.</summary>
    public static ImmutableArray<SiteView> OthersThan(SiteView canonical, IEnumerable<SiteAuthority> authorities) =>
    [
        .. from authority in authorities
           from scheme in Schemes
           let view = new SiteView(scheme, authority)
           where view != canonical && (authority.Port is null || scheme == canonical.Scheme)
           select view,
    ];

    public async Task<ImmutableArray<ViewResult>> RunAsync(CrawlResult canonical, IEnumerable<SiteView> views, CancellationToken cancellationToken)
    {
        var probed = Choose(canonical);
        var results = ImmutableArray.CreateBuilder<ViewResult>();
        foreach (var view in views)
        {
            results.Add(await SurveyAsync(canonical, view, probed, cancellationToken));
        }

        return results.ToImmutable();
    }

    private static List<Visit> Choose(CrawlResult canonical)
    {
        var answered = canonical.Visits.Where(visit => visit.Answer is { Status: 200 } && visit.Item.Key != "/").ToList();
        IEnumerable<Visit> probed =
        [
            .. canonical.Visits.Where(visit => visit.Item.Key == "/" && visit.Answer is not null),
            .. Spread(answered.Where(visit => visit.Answer!.Kind == EntryKind.Document).ToList(), Pages),
            .. Spread(answered.Where(visit => visit.Answer!.Kind == EntryKind.Asset).ToList(), Assets),
        ];
        return [.. canonical.NotFoundProbe?.Answer is null ? probed : probed.Append(canonical.NotFoundProbe)];
    }

    // Evenly over the sorted keys: neighbours tend to be answered by the same part of a platform.
    private static IEnumerable<Visit> Spread(List<Visit> visits, int count) => Enumerable.Range(0, Math.Min(count, visits.Count)).Select(i => visits[i * visits.Count / Math.Min(count, visits.Count)]);

    private async Task<ViewResult> SurveyAsync(CrawlResult canonical, SiteView view, List<Visit> probed, CancellationToken cancellationToken)
    {
        var probes = new List<ViewProbe>();
        foreach (var visit in probed)
        {
            var (answer, failure) = await origin.FetchAsync(view, visit.Item.Request, cancellationToken);
            if (answer is null)
            {
                return new ViewResult { View = view, Failure = failure! with { Detail = $"{view.UrlOf(visit.Item.Request)}: {failure.Detail}" } };
            }

            probes.Add(new ViewProbe(visit.Item.Request, visit.Answer!, answer, await DifferenceAsync(canonical.View, view, visit, answer, cancellationToken)));
        }

        var decision = ViewDecision.For(canonical.View, view, probes);
        if (decision.Rule != HostRule.Own)
        {
            return new ViewResult { View = view, Decision = decision };
        }

        // Whatever else this view links to is found as on the canonical one.
        var seeds = canonical.Visits.Where(visit => visit.Answer is { Kind: EntryKind.Document }).Select(visit => new Seed(visit.Item.Request, visit.Item.Role, $"(known from {canonical.View})"));
        return new ViewResult { View = view, Decision = decision, Crawl = await crawlOf(view).RunAsync(seeds, notFoundTarget: null, cancellationToken) };
    }

    // Asks the canonical view once more, but only where there is a difference: it may be one that every reading has.
    private async Task<string?> DifferenceAsync(SiteView canonical, SiteView view, Visit visit, FetchedAnswer other, CancellationToken cancellationToken)
    {
        var answer = visit.Answer!;
        if (answer.Status != other.Status || answer.ContentType != other.ContentType || answer.Location is not null || answer.Body?.Hash == other.Body?.Hash
            || await DocumentFace.OfAsync(answer.ContentType, answer.Body, cancellationToken) is not { } face
            || await DocumentFace.OfAsync(other.ContentType, other.Body, cancellationToken) is not { } otherFace
            || face.DifferenceTo(otherFace, face, [canonical, view], volatileParts) is null)
        {
            return null;
        }

        var (again, _) = await origin.FetchAsync(canonical, visit.Item.Request, cancellationToken);
        return await DocumentFace.OfAsync(again?.ContentType, again?.Body, cancellationToken) is { } control
            ? face.DifferenceTo(otherFace, control, [canonical, view], volatileParts)
            : null;
    }
}

using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using EdgeHost.SnapshotStore;
using EdgeHost.SnapshotStore.Manifests;
using StaticExport.Capturing;
using StaticExport.Comparing;
using StaticExport.Crawling;
using StaticExport.Fetching;
using StaticExport.HostViews;
using StaticExport.Judging;
using StaticExport.LinkExtraction;
using StaticExport.Progress;
using StaticExport.Publishing;
using StaticExport.Reports;
using StaticExport.Scoping;

namespace StaticExport.Publish;

/// <summary>
/// A whole export: 1. look at the store, 2. crawl, 3. look at the site's other hosts and schemes, 4. judge, 5. publish.
/// Only the last step's last act changes what visitors see. It ends with a report, whatever happens; what the store does wrong is thrown.
/// </summary>
internal sealed class ExportRun(ExportSettings settings, ISnapshotStore store, string actor, CrawlProgress progress, TimeProvider clock)
{
    private readonly string runId = Guid.NewGuid().ToString("N");
    private readonly DateTimeOffset startedAt = clock.GetUtcNow();
    private SnapshotPublisher? publisher;

    /// <summary>Whether the snapshot may have been activated already.</summary>
    public bool HasBegunToActivate => publisher?.HasBegunToActivate ?? false;

    /// <exception cref="StoreException">The store failed.</exception>
    /// <exception cref="IOException">The temporary directory can't be written.</exception>
    public async Task<ExportReport> RunAsync(CancellationToken cancellationToken)
    {
        // :: Step 1: before the origin is troubled, know that there is a store to publish to
        progress.Phase("Reading the store");
        var publishing = await PublishingStore.OpenAsync(store, clock, cancellationToken);
        var active = await ActiveSnapshot.ReadAsync(publishing, settings.Site, cancellationToken);
        var report = await ExportAsync(publishing, active, cancellationToken);
        if (report.Outcome == ReportOutcome.Failed && !settings.IsDryRun)
        {
            await publishing.RecordFailureAsync(settings.Site, actor, string.Join("; ", report.Reasons), cancellationToken);
        }

        return report with { EndedAt = clock.GetUtcNow() };
    }

    /// <summary>The nonsense page of a site. Always the same one: a site that repeats the path on its 404 page would otherwise have another page in each snapshot.</summary>
    internal static string NotFoundTarget(string site) => $"/no-such-page-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(site)))[..16]}";

    private async Task<ExportReport> ExportAsync(PublishingStore publishing, SnapshotManifest? active, CancellationToken cancellationToken)
    {
        using var spool = new BodySpool();
        using var client = new OriginClient(settings.Origin, runId, settings.Fetch, spool, clock);
        var origin = new PatientOrigin(client, settings.Fetch, settings.Volatile, clock);
        var earlier = active is null ? EarlierSnapshot.None(settings.Site) : EarlierSnapshot.Of(store, active);
        var visitor = new Visitor(origin, spool, earlier, settings.Volatile);

        // :: Step 2: crawl
        progress.Phase($"Crawling {settings.Canonical}");
        var crawl = await CrawlOf(visitor, settings.Canonical).RunAsync(Seeds(), NotFoundTarget(settings.Site.ToString()), cancellationToken);

        // :: Step 3: other hosts and schemes
        var views = ImmutableArray<ViewResult>.Empty;
        if (crawl.Stopped is null)
        {
            progress.Phase("Looking at the other hosts and schemes");
            var survey = new ViewSurvey(origin, settings.Volatile, view => CrawlOf(visitor, view));
            views = await survey.RunAsync(crawl, ViewSurvey.OthersThan(settings.Canonical, settings.Scope.Authorities), cancellationToken);
        }

        // :: Step 4: judge
        var verdict = QualityGate.Judge(crawl, views, settings.Scope, settings.Crawl, settings.MaxFailed);
        var report = Report(verdict.IsAccepted ? ReportOutcome.DryRun : ReportOutcome.Failed).WithCrawl(crawl, views) with { Reasons = verdict.Refusals };
        if (!verdict.IsAccepted || settings.IsDryRun)
        {
            return report;
        }

        // :: Step 5: publish
        var steps = new Progress<PublishProgress>(step => progress.Published(step.Step.ToString(), step.Done, step.Total));
        publisher = new SnapshotPublisher(publishing, steps);
        var result = await publisher.PublishAsync(Captured(crawl, views), actor, settings.Reason, cancellationToken);
        return report with
        {
            Outcome = result.Outcome == PublishOutcome.Activated ? ReportOutcome.Activated : ReportOutcome.Staged,
            Reasons = result.Detail is null ? [] : [result.Detail],
            Snapshot = new ReportSnapshot(result.Snapshot.ToString(), result.Entries, result.BlobsUploaded, result.BlobsPresent, result.BytesUploaded, result.BytesTotal),
        };
    }

    private SiteCrawl CrawlOf(Visitor visitor, SiteView view) => new(visitor, view, settings.Scope, settings.Crawl, settings.Fetch.Concurrency, progress, clock);

    private IEnumerable<Seed> Seeds() => [.. Seed.Usual, .. settings.Seeds.Select(target => new Seed(target, LinkRole.Page, "(--seed)"))];

    private CapturedSite Captured(CrawlResult crawl, ImmutableArray<ViewResult> views) => new()
    {
        Site = settings.Site,
        Scheme = settings.Canonical.Scheme,
        Host = settings.Canonical.Authority.Host,
        CapturedAt = startedAt,
        Query = settings.Query,
        Answers = [.. crawl.Answers],
        Views = [.. views.Select(view => view.Captured).OfType<CapturedView>()],
        NotFound = crawl.NotFoundProbe?.Answer is { Status: 404 or 410, Body: not null } notFound ? notFound : null,
    };

    private ExportReport Report(ReportOutcome outcome) => new()
    {
        Run = runId,
        Site = settings.Site.ToString(),
        Origin = settings.Origin.GetLeftPart(UriPartial.Authority),
        Url = settings.Canonical.ToString(),
        StartedAt = startedAt,
        EndedAt = clock.GetUtcNow(),
        Outcome = outcome,
    };
}

using System.Threading.Channels;
using EdgeHost.Health;
using EdgeHost.Sites;
using EdgeHost.Snapshots;
using EdgeHost.SnapshotStore.Manifests;

namespace EdgeHost.Evidence;

/// <summary>
/// Looks at what the platform answers to pages that snapshots hold: whether it still is the site. Heads are judged as they pass, bodies behind the visitors' backs,
/// and of each page only a few.
/// </summary>
internal sealed partial class ContentWatch(MarksReader marks, HealthEvents health, TimeProvider clock, ILogger<ContentWatch> log) : BackgroundService
{
    // When bodies come faster than they are judged, those that don't fit are not looked at: others will come.
    private const int MostWaiting = 64;

    private readonly Channel<(PageWatch Watch, BodyStart Start)> waiting =
        Channel.CreateBounded<(PageWatch, BodyStart)>(new BoundedChannelOptions(MostWaiting) { FullMode = BoundedChannelFullMode.DropWrite, SingleReader = true });

    public MarksReader Marks => marks;

    /// <summary>A watch for a request to a page; null where its answer can't tell.</summary>
    /// <param name="site">The site.</param>
    /// <param name="page">What is asked for.</param>
    /// <param name="visitor">Who asks.</param>
    public PageWatch? For(Site site, PageAddress page, int visitor) =>
        site.State.Snapshot is { } snapshot && snapshot.Find(page.Scheme, page.Authority, page.Target, clock) is { Entry: var copy } ? For(site, snapshot, copy, page, visitor) : null;

    /// <summary>A watch for a request whose copy has been found. Other hosts than the site's own one tell nothing: many answer with redirects, and survive with the balancer.</summary>
    public PageWatch? For(Site site, SiteSnapshot snapshot, SnapshotEntry copy, PageAddress page, int visitor) =>
        copy is { Kind: EntryKind.Document, Status: < StatusCodes.Status400BadRequest } && snapshot.Canonical(page) is { Authority: var authority } && authority == snapshot.Home.Authority ? new PageWatch(this, site, snapshot, copy, page, visitor, clock) : null;

    public void Enqueue(PageWatch watch, BodyStart start) => waiting.Writer.TryWrite((watch, start));

    public void Tell(PageWatch watch, in PageLook look) => health.Looked(watch.Site, look, watch.Page, watch.Snapshot.DocumentCount);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await foreach (var (watch, start) in waiting.Reader.ReadAllAsync(stoppingToken))
        {
            try
            {
                await watch.JudgeAsync(start, stoppingToken);
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                // The top of a loop: a page that can't be judged must not end the judging.
                LogBroken(e, watch.Site.IdText);
            }
        }
    }

    [LoggerMessage(EventId = 113, Level = LogLevel.Error, Message = "A page of site {Site} could not be held against its copy")]
    private partial void LogBroken(Exception e, string site);
}

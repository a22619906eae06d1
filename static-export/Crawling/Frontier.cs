using System.Diagnostics.CodeAnalysis;
using StaticExport.LinkExtraction;
using StaticExport.Scoping;
using StaticExport.Urls;

namespace StaticExport.Crawling;

/// <summary>
/// Which URLs are known, which wait and which are left out, and why. It does no IO; one thread uses it.
/// </summary>
/// <remarks>Two links of the same key are one request. Nothing of a depth is handed out before everything above it is done, so depths are exact.</remarks>
internal sealed class Frontier(SiteScope scope, CrawlLimits limits)
{
    private const int MostRedirects = 20;
    private const int MostGonePages = 3;
    public const int MostOffSite = 10_000;
    private const int MostSkipped = 500_000;

    private readonly HashSet<string> known = new(StringComparer.Ordinal);
    private readonly PriorityQueue<CrawlItem, (int Depth, int Order)> waiting = new();
    private readonly Dictionary<string, SkippedUrl> skipped = new(StringComparer.Ordinal);
    private readonly HashSet<string> pages = new(StringComparer.Ordinal);
    private readonly HashSet<string> offSite = new(StringComparer.Ordinal);

    public int Waiting => waiting.Count;

    /// <summary>Whether there are more URLs than the crawl may ask for.</summary>
    public bool IsOverflowing { get; private set; }

    /// <summary>Links out of the site's hosts, also those that are counted and not listed any more.</summary>
    public int OffSiteLinks { get; private set; }

    public IReadOnlyCollection<string> OffSite => offSite;

    public IReadOnlyCollection<SkippedUrl> Skipped => skipped.Values;

    /// <summary>Skipped URLs beyond those that are listed.</summary>
    public int UnlistedSkips { get; private set; }

    /// <summary>Whether any link leads to it as a page.</summary>
    public bool IsPage(string key) => pages.Contains(key);

    public void AddSeed(Seed seed, SiteView view)
    {
        if (WebUrlParser.Resolve(seed.Target, view.UrlOf("/"), null, out var url) == LinkForm.Web)
        {
            Admit(url!, seed.Role, new CrawlItem("", "", seed.Role, 0, seed.Why) { FoundOn = seed.Why });
        }
    }

    public void AddNotFoundProbe(string target) =>
        waiting.Enqueue(new CrawlItem(target, target, LinkRole.Page, 0, "(a page that does not exist)") { IsNotFoundProbe = true }, (0, waiting.Count));

    /// <summary>Takes in a link of a document.</summary>
    public void AddLink(FoundLink link, CrawlItem document, bool documentIsGone)
    {
        if (link.Url is null)
        {
            Skip(link.Text, SkipReason.Malformed, null, document.Key);
            return;
        }

        var isStep = link.Role == LinkRole.Page && document.Role is not (LinkRole.Sitemap or LinkRole.Robots);
        Admit(link.Url, link.Role, new CrawlItem("", "", link.Role, document.Depth + (isStep ? 1 : 0), document.Key)
        {
            GonePages = documentIsGone ? document.GonePages + 1 : 0,
        });
    }

    /// <summary>Takes in where an answer redirects to: no step, but not without end.</summary>
    public void AddRedirect(WebUrl target, CrawlItem source) =>
        Admit(target, source.Role, source with { FoundOn = source.Key, Redirects = source.Redirects + 1, IsNotFoundProbe = false });

    /// <summary>The next one, if there is one that may run beside those that run now.</summary>
    /// <param name="runningDepth">The least depth of those; null when none run.</param>
    /// <param name="item">The next one.</param>
    public bool TryNext(int? runningDepth, [NotNullWhen(true)] out CrawlItem? item)
    {
        item = null;
        return waiting.TryPeek(out var next, out _) && (runningDepth is null || next.Depth <= runningDepth) && waiting.TryDequeue(out item, out _);
    }

    /// <summary>The crawl ends before its end: what waits is left out, and so is what was under way.</summary>
    public void Abandon(IEnumerable<CrawlItem> running, string why)
    {
        foreach (var item in running.Concat(waiting.UnorderedItems.Select(one => one.Element)).Where(item => !item.IsNotFoundProbe))
        {
            Skip(item.Key, SkipReason.Stopped, why, item.FoundOn);
        }

        waiting.Clear();
    }

    private void Admit(WebUrl url, LinkRole role, CrawlItem draft)
    {
        var decision = scope.Decide(url, role == LinkRole.Page, out var target);
        if (!decision.IsOnSite)
        {
            CountOffSite(url);
            return;
        }

        if (decision.Reason == ScopeReason.BadTarget)
        {
            Skip(url.Target, SkipReason.BadTarget, decision.Detail, draft.FoundOn);
            return;
        }

        var key = target.Key(scope.Query);
        if (role == LinkRole.Page)
        {
            pages.Add(key);
        }

        if (known.Contains(key))
        {
            return;
        }

        if (Refuse(decision, draft) is { } reason)
        {
            Skip(key, reason, reason == SkipReason.TooDeep ? $"--max-depth {limits.MaxDepth}" : decision.Detail, draft.FoundOn);
            return;
        }

        if (known.Count >= limits.MaxPages)
        {
            IsOverflowing = true;
            Skip(key, SkipReason.Stopped, $"--max-pages {limits.MaxPages}", draft.FoundOn);
            return;
        }

        known.Add(key);
        skipped.Remove(key);
        waiting.Enqueue(draft with { Key = key, Request = scope.RequestFor(target), Role = role }, (draft.Depth, known.Count));
    }

    private SkipReason? Refuse(ScopeDecision decision, CrawlItem draft) => decision.Reason switch
    {
        ScopeReason.Excluded => SkipReason.Excluded,
        ScopeReason.NotIncluded => SkipReason.NotIncluded,
        _ when draft.Depth > limits.MaxDepth => SkipReason.TooDeep,
        _ when draft.Redirects > MostRedirects => SkipReason.TooManyRedirects,
        // "See also: ./more" on a site's 404 page makes as many pages as one asks for.
        _ when draft.GonePages >= MostGonePages => SkipReason.OnlyFromGonePages,
        _ => null,
    };

    private void Skip(string url, SkipReason reason, string? detail, string foundOn)
    {
        if (skipped.Count >= MostSkipped && !skipped.ContainsKey(url))
        {
            UnlistedSkips++;
            return;
        }

        skipped.TryAdd(url, new SkippedUrl(url, reason, detail, foundOn));
    }

    private void CountOffSite(WebUrl url)
    {
        OffSiteLinks++;
        if (offSite.Count < MostOffSite)
        {
            offSite.Add(url.ToString());
        }
    }
}

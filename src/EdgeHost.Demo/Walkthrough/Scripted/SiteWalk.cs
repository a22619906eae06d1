using System.Collections.Concurrent;
using EdgeHost.Demo.Walkthrough.Planning;
using EdgeHost.Demo.Walkthrough.Visiting;

namespace EdgeHost.Demo.Walkthrough.Scripted;

/// <summary>Looks at everything that a visitor of one site can come to, from its home page and its sitemap on.</summary>
internal sealed class SiteWalk(SiteClient client, StagePlan plan, string siteId)
{
    private const int MostPages = 2000;
    private const int AtOnce = 8;

    private static readonly string[] Entrances = ["/", "/sitemap.xml", "/robots.txt"];

    // Live only, so they are no promise of a snapshot's.
    private static readonly string[] LiveOnly = ["/search", "/admin"];

    public async Task<IReadOnlyDictionary<string, Answer>> EverythingAsync(CancellationToken cancellationToken)
    {
        var answers = new ConcurrentDictionary<string, Answer>();
        var site = new Uri($"http://{plan.Authority(siteId)}/");
        string[] next = Entrances;
        while (next.Length > 0 && answers.Count < MostPages)
        {
            await VisitAsync(next, answers, cancellationToken);
            next = [.. next
                .SelectMany(path => LinkScan.Find(answers[path], new Uri(site, path)))
                .Where(path => !answers.ContainsKey(path) && !LiveOnly.Any(live => path.StartsWith(live, StringComparison.Ordinal)))
                .Distinct(StringComparer.Ordinal)];
        }

        return answers;
    }

    public async Task<IReadOnlyDictionary<string, Answer>> AgainAsync(IEnumerable<string> paths, CancellationToken cancellationToken)
    {
        var answers = new ConcurrentDictionary<string, Answer>();
        await VisitAsync(paths, answers, cancellationToken);
        return answers;
    }

    private Task VisitAsync(IEnumerable<string> paths, ConcurrentDictionary<string, Answer> answers, CancellationToken cancellationToken) =>
        Parallel.ForEachAsync(
            paths,
            new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken },
            async (path, token) => answers[path] = await client.GetAsync(siteId, path, token));
}

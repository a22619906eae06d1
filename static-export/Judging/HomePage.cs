using StaticExport.Crawling;
using StaticExport.Scoping;
using StaticExport.Urls;

namespace StaticExport.Judging;

/// <summary>A platform that was deleted behind its load balancer still answers: with 404, 403 or a redirect to somewhere else. The home page tells.</summary>
internal static class HomePage
{
    private const int MostRedirects = 10;

    /// <returns>What is wrong with it; null when it leads to a page of the site.</returns>
    public static string? Fault(CrawlResult crawl, SiteScope scope)
    {
        var answers = crawl.Answers.ToDictionary(answer => answer.Key, StringComparer.Ordinal);
        var requests = crawl.Visits.ToDictionary(visit => visit.Item.Key, visit => visit.Item.Request, StringComparer.Ordinal);
        var key = "/";
        for (var redirects = 0; redirects <= MostRedirects; redirects++)
        {
            if (!answers.TryGetValue(key, out var answer))
            {
                return key == "/"
                    ? "the home page was not captured: it failed or is excluded"
                    : $"the home page redirects to {key}, which was not captured: it failed or is excluded";
            }

            if (answer.Location is null)
            {
                return answer.Status is >= 200 and < 300 ? null : $"the home page{(key == "/" ? "" : $" redirects to {key}, which")} answers {answer.Status}: is --host a host of this site, and does the origin know it?";
            }

            if (WebUrlParser.Resolve(answer.Location, crawl.View.UrlOf(requests[key]), null, out var url) != LinkForm.Web)
            {
                return $"the home page redirects to '{answer.Location}', which is no URL";
            }

            var decision = scope.Decide(url!, isPage: false, out var target);
            if (!decision.IsOnSite)
            {
                return $"the home page redirects to {url}, out of the site: if that is the site's own host, name it with --host or --alias";
            }

            var next = target.Key(scope.Query);
            if (next == key)
            {
                return crawl.View.Covers(url!)
                    ? $"the home page redirects to itself ({url}): does the origin believe X-Forwarded-Proto and X-Forwarded-Host? If not, set --scheme to the one that it builds its URLs with"
                    : $"the home page redirects to {url}: publish the site with that --scheme and --host, and name this host with --alias";
            }

            key = next;
        }

        return $"the home page redirects more than {MostRedirects} times";
    }
}

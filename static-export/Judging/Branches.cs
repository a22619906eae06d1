using System.Globalization;
using StaticExport.Crawling;

namespace StaticExport.Judging;

/// <summary>Where a site has the most URLs: an endless calendar or a faceted search stands out.</summary>
internal static class Branches
{
    private const int Named = 3;

    public static string Largest(CrawlResult crawl) => string.Join(
        ", ",
        crawl.Visits.Select(visit => visit.Item.Key).Concat(crawl.Skipped.Where(skip => skip.Reason == SkipReason.Stopped).Select(skip => skip.Url))
            .GroupBy(Of, StringComparer.Ordinal)
            .OrderByDescending(group => group.Count())
            .Take(Named)
            .Select(group => string.Create(CultureInfo.InvariantCulture, $"{group.Count()} like {group.Key}")));

    // "/calendar?month=7&year=2031" is one of "/calendar?month=*&year=*"; "/tag/a/page/3" one of "/tag/*".
    private static string Of(string key)
    {
        var question = key.IndexOf('?', StringComparison.Ordinal);
        if (question >= 0)
        {
            return key[..question] + "?" + string.Join('&', key[(question + 1)..].Split('&').Select(part => part.Split('=')[0] + "=*"));
        }

        var second = key.IndexOf('/', 1);
        return second < 0 ? "/*" : key[..second] + "/*";
    }
}

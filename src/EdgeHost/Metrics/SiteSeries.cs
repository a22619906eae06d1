using EdgeHost.Counting;
using EdgeHost.Sites;

namespace EdgeHost.Metrics;

/// <summary>
/// Under which value a site stands in metrics. The first thousand have their own; what comes later is summed up under another, so that no configuration, however it
/// changes, makes series without end. What is no site's stands under one value, whatever host was asked for.
/// </summary>
internal sealed class SiteSeries
{
    /// <summary>How many sites have a value of their own.</summary>
    public const int MostSites = 1000;

    // No ids of sites: these begin with a letter or digit.
    public const string Other = "_other";
    public const string Unknown = "_unknown";

    private readonly HashSet<string> own = new(StringComparer.Ordinal);
    private readonly HashSet<RequestCounts> others = [];

    /// <summary>Each value with its counts. Not for several at once.</summary>
    public IEnumerable<(string Site, IEnumerable<DecisionCount> Counts)> Of(SiteTable table, RequestCounts unknown)
    {
        yield return (Unknown, unknown.All);
        foreach (var site in table.Sites)
        {
            if (own.Contains(site.IdText) || (own.Count < MostSites && own.Add(site.IdText)))
            {
                yield return (site.IdText, site.State.Requests.All);
            }
            else
            {
                // A sum must not fall because one of its sites is taken away.
                others.Add(site.State.Requests);
            }
        }

        yield return (Other, others.SelectMany(counts => counts.All)
            .GroupBy(count => (count.Kind, count.Reason), (what, counts) => new DecisionCount(what.Kind, what.Reason, counts.Sum(count => count.Count))));
    }
}

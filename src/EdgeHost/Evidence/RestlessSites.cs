using System.Collections.Concurrent;
using EdgeHost.Sites;
using EdgeHost.SnapshotStore.Sites;

namespace EdgeHost.Evidence;

/// <summary>
/// The sites that time alone may change, or that are not live: few on a good day, and when their origin is down. What passes many times a second goes through
/// these, and not through ten thousand others: that took a tenth of a core, and other data's place in its cache.
/// </summary>
internal sealed class RestlessSites
{
    private readonly ConcurrentDictionary<SiteId, bool> ids = new();

    /// <summary>Something was met that may have made a site restless.</summary>
    public void Note(Site site)
    {
        if (!site.State.IsAtRest)
        {
            ids.TryAdd(site.Id, true);
        }
    }

    /// <summary>Those of a table; what has come to rest is left out from now on.</summary>
    public IEnumerable<Site> Of(SiteTable table)
    {
        foreach (var (id, _) in ids)
        {
            // What a reload has taken away it may bring back.
            if (table.Find(id) is not { } site)
            {
                continue;
            }

            if (site.State.IsAtRest)
            {
                ids.TryRemove(id, out _);
                // What was met between the look and the removal found it still here.
                Note(site);
                continue;
            }

            yield return site;
        }
    }
}

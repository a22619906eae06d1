using System.Collections.Immutable;
using EdgeHost.Health;
using EdgeHost.Sites;

namespace EdgeHost.Evidence;

/// <summary>When what is wrong with sites is their origin's fault.</summary>
internal static class OriginVerdict
{
    private const int FewestIllSites = 5;
    private const int FewestLostSites = 2;

    private static readonly TimeSpan ActiveWithin = TimeSpan.FromMinutes(1);

    /// <summary>At least five sites fail, and at least half of those that visitors ask for.</summary>
    public static bool AreMostIll(ImmutableArray<Site> sites, TimeProvider clock)
    {
        var (active, ill) = Count(sites, IsIll, clock);
        return ill >= FewestIllSites && ill * 2 >= active;
    }

    public static bool IsIll(Site site) => site.State.Health.Current.Phase == HealthPhase.Snapshot || site.State.Health.IsNearlyConvicted;

    /// <summary>
    /// At least half of the sites that visitors ask for have lost their content, and not one alone: that one its customer may have deleted. An origin with a single
    /// site has nobody else's word.
    /// </summary>
    public static bool IsContentLost(ImmutableArray<Site> sites, TimeProvider clock)
    {
        var (active, lost) = Count(sites, site => site.State.Content.Current.IsLost, clock);
        return lost >= Math.Min(FewestLostSites, sites.Length) && lost * 2 >= active;
    }

    /// <summary>Whether the last probes of the sites say that most have not got their content back.</summary>
    public static bool IsStillLost(ImmutableArray<Site> sites)
    {
        var (probed, lost) = (0, 0);
        foreach (var site in sites)
        {
            if (site.State.Probe is { } report)
            {
                probed++;
                lost += report.Failure == OriginFailure.ContentLost ? 1 : 0;
            }
        }

        return lost * 2 > probed || sites.Length == 1;
    }

    private static (int Active, int Those) Count(ImmutableArray<Site> sites, Func<Site, bool> those, TimeProvider clock)
    {
        var now = clock.GetTimestamp();
        var (active, count) = (0, 0);
        foreach (var site in sites)
        {
            if (site.State.LastVisitAt != 0 && clock.GetElapsedTime(site.State.LastVisitAt, now) < ActiveWithin)
            {
                active++;
                count += those(site) ? 1 : 0;
            }
        }

        return (active, count);
    }
}

using System.Collections.Immutable;
using EdgeHost.Health;
using EdgeHost.Sites;

namespace EdgeHost.Evidence;

/// <summary>When what is wrong with sites is their origin's fault.</summary>
internal static class OriginVerdict
{
    private const int FewestIllSites = 5;
    private const int FewestLostSites = 2;
    private const int JurySize = 5;

    private static readonly TimeSpan ActiveWithin = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan SeenWithin = TimeSpan.FromSeconds(15);

    /// <summary>At least five sites fail, and at least half of those that visitors ask for.</summary>
    public static bool AreMostIll(ImmutableArray<Site> sites, TimeProvider clock)
    {
        var (active, ill) = Count(sites, IsIll, clock);
        return ill >= FewestIllSites && ill * 2 >= active;
    }

    public static bool IsIll(Site site) => site.State.Health.Current.Phase == HealthPhase.Snapshot || site.State.Health.IsNearlyConvicted;

    /// <summary>
    /// At least half of the sites that visitors ask for have lost their content, and not one alone: that one its customer may have deleted. An origin with a single
    /// site that has a snapshot has nobody else's word. At a quiet hour those that visitors ask for are few, so of the others some are looked at, and half of them must be gone as well.
    /// </summary>
    /// <returns>Whether the origin has lost it; and the sites whose home pages are to be looked at before that can be told.</returns>
    public static (bool IsLost, IReadOnlyList<Site> ToLookAt) OnContent(ImmutableArray<Site> sites, TimeProvider clock)
    {
        var (active, lost) = Count(sites, site => site.State.Content.Current.IsLost, clock);
        if (lost < Math.Min(FewestLostSites, sites.Count(HasSnapshot)) || lost * 2 < active)
        {
            return (false, []);
        }

        var quiet = sites.Where(site => !site.State.Content.Current.IsLost && HasSnapshot(site) && !IsActive(site, clock)).ToList();
        var seen = quiet.Where(site => site.State.Content.Home is { } home && clock.GetElapsedTime(home.At) < SeenWithin).ToList();
        var wanted = Math.Min(JurySize, quiet.Count);
        if (seen.Count >= wanted)
        {
            return (seen.Count(site => site.State.Content.Home!.IsLost) * 2 >= seen.Count, []);
        }

        // From all over the list: neighbours are often one customer's.
        var unseen = quiet.Except(seen).ToList();
        return (false, [.. Enumerable.Range(0, wanted - seen.Count).Select(n => unseen[n * unseen.Count / (wanted - seen.Count)])]);
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

        return lost * 2 > probed || sites.Count(HasSnapshot) == 1;
    }

    // What is not in a snapshot can't be told for lost.
    private static bool HasSnapshot(Site site) => site.State.Snapshot is not null;

    private static bool IsActive(Site site, TimeProvider clock) => site.State.LastVisitAt is not 0 and var at && clock.GetElapsedTime(at) < ActiveWithin;

    private static (int Active, int Count) Count(ImmutableArray<Site> sites, Func<Site, bool> predicate, TimeProvider clock)
    {
        var (active, count) = (0, 0);
        foreach (var site in sites)
        {
            if (IsActive(site, clock))
            {
                active++;
                count += predicate(site) ? 1 : 0;
            }
        }

        return (active, count);
    }
}

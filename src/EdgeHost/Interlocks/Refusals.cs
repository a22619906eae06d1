using System.Collections.Immutable;
using EdgeHost.SnapshotStore.Operating;

namespace EdgeHost.Interlocks;

/// <summary>From facts to refusals: pure, so that a plan and the change itself say the same.</summary>
internal static class Refusals
{
    public static ImmutableArray<Refusal> Of(ChangeFacts change, InterlockOptions options)
    {
        // Who is in a mode already gets no worse by it.
        var switched = change.Sites.Where(site => site.After != site.Before).ToList();
        var toSnapshot = switched.Where(site => site.After == OperatorMode.Snapshot).ToList();
        return
        [
            .. On(Interlock.SnapshotMissing, "have no snapshot here: publish one first", toSnapshot.Where(site => site.SnapshotAge is null)),
            .. On(Interlock.SnapshotStale, $"have a snapshot that is older than {Days(options.LargestSnapshotAge)}: publish one first", toSnapshot.Where(site => site.SnapshotAge > options.LargestSnapshotAge)),
            .. On(Interlock.SnapshotIncomplete, "have a snapshot of which bodies are missing: their pages would be unavailable", toSnapshot.Where(site => site.MissingBodies > 0)),
            .. On(Interlock.OriginDown, "have an origin that is down: auto returns to it by itself once it is well", switched.Where(site => site.After == OperatorMode.Live && !site.IsOriginUp)),
            .. TooManyUnavailable(change, options),
            .. ScopeNotTyped(change),
        ];
    }

    private static IEnumerable<Refusal> On(Interlock interlock, string what, IEnumerable<SiteFacts> found)
    {
        ImmutableArray<string> sites = [.. found.Select(site => site.Site)];
        return sites.IsEmpty ? [] : [new Refusal(interlock, $"{sites.Length} of the sites that would change {what}.", sites)];
    }

    private static IEnumerable<Refusal> TooManyUnavailable(ChangeFacts change, InterlockOptions options)
    {
        if (change.Scope.Kind == ScopeKind.Path)
        {
            return [];
        }

        var before = change.Sites.Count(site => site.IsUnavailableIn(site.Before));
        ImmutableArray<string> after = [.. change.Sites.Where(site => site.IsUnavailableIn(site.After)).Select(site => site.Site)];
        var most = Math.Max(1, change.Sites.Length * options.LargestUnavailablePercent / 100);
        return after.Length <= most || after.Length <= before ? [] :
        [
            new Refusal(
                Interlock.TooManyUnavailable,
                $"{after.Length} of {change.Sites.Length} sites would be available to nobody, and at most {most} may be ({options.LargestUnavailablePercent} %).",
                after),
        ];
    }

    private static IEnumerable<Refusal> ScopeNotTyped(ChangeFacts change) => change.Scope.Kind != ScopeKind.All || change.Confirmed == change.Scope.ToString() ? [] :
    [
        new Refusal(Interlock.ScopeNotTyped, $"All {change.Sites.Length} sites are meant: write \"confirm\":\"all\".", []),
    ];

    private static string Days(TimeSpan age) => age.TotalDays >= 2 ? $"{(int)age.TotalDays} days" : $"{(int)age.TotalHours} hours";
}

using EdgeHost.SnapshotStore.Manifests;
using StaticExport.Scoping;
using StaticExport.Urls;

namespace StaticExport.HostViews;

/// <summary>How a site answers on a scheme and host other than its canonical ones, and why we say so.</summary>
internal sealed record ViewDecision(HostRule Rule, int? RedirectStatus, string? RedirectTo, string Reason)
{
    /// <param name="canonical">The view that was crawled.</param>
    /// <param name="view">The other one.</param>
    /// <param name="probes">The home page, some pages and files, and a page that does not exist.</param>
    public static ViewDecision For(SiteView canonical, SiteView view, IReadOnlyList<ViewProbe> probes)
    {
        var moves = probes.Select(probe => MoveOf(view, probe)).ToList();
        if (moves.All(move => move is not null) && moves.Distinct().Count() == 1)
        {
            var (status, to) = moves[0]!.Value;
            return new ViewDecision(HostRule.Redirect, status, to, $"all {probes.Count} probes were redirected to the same target on {to}");
        }

        if (probes.FirstOrDefault(probe => !IsLike(canonical, view, probe)) is { } other)
        {
            var reason = $"{other.Target} answers {other.Other.Status} ({other.Other.ContentType}) here and {other.Canonical.Status} ({other.Canonical.ContentType}) on {canonical}";
            return new ViewDecision(HostRule.Own, null, null, reason);
        }

        return probes.FirstOrDefault(probe => probe.Difference is not null) is { } different
            ? new ViewDecision(HostRule.Own, null, null, $"{different.Target} has another {different.Difference} here than on {canonical}")
            : new ViewDecision(HostRule.Same, null, null, $"all {probes.Count} probes were answered as on {canonical}");
    }

    // The same target elsewhere, and nothing else: a redirect to a page of its own is an entry.
    private static (int Status, string To)? MoveOf(SiteView view, ViewProbe probe)
    {
        var here = view.UrlOf(probe.Target);
        return probe.Other.IsRedirect
            && WebUrlParser.Resolve(probe.Other.Location ?? "", here, null, out var there) == LinkForm.Web
            && there!.Target == here.Target
            && (there.Scheme, there.Authority) != (here.Scheme, here.Authority)
            ? (probe.Other.Status, $"{there.Scheme}://{there.Authority}")
            : null;
    }

    private static bool IsLike(SiteView canonical, SiteView view, ViewProbe probe) =>
        probe.Other.Status == probe.Canonical.Status
        && probe.Other.ContentType == probe.Canonical.ContentType
        && PlaceOf(probe.Other.Location, view, probe.Target) == PlaceOf(probe.Canonical.Location, canonical, probe.Target);

    // A platform that builds absolute URLs names the view that it was asked on: "http://…/new" here and "https://…/new" there lead to the same page.
    private static string? PlaceOf(string? location, SiteView view, string target) =>
        location is not null && WebUrlParser.Resolve(location, view.UrlOf(target), null, out var url) == LinkForm.Web
            ? view.Covers(url!) ? url!.Target : url!.ToString()
            : location;
}

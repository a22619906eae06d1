using EdgeHost.Snapshots;
using EdgeHost.SnapshotStore.Targets;

namespace EdgeHost.Evidence;

/// <summary>What an answer's head says about whether the platform still has a page that the snapshot holds.</summary>
/// <param name="Kind">What it says.</param>
/// <param name="LeadsTo">For a lost page that redirects inside the site, a hash of where to; 0 otherwise.</param>
internal readonly record struct ContentFinding(ContentKind Kind, int LeadsTo = 0);

internal enum ContentKind
{
    /// <summary>Nothing, either way.</summary>
    Unknown,

    /// <summary>It is the site's page.</summary>
    Kept,

    /// <summary>It is something else.</summary>
    Lost,

    /// <summary>Its body will tell.</summary>
    InBody,
}

/// <summary>Judges an answer to a page by the snapshot's copy of it. A platform that was deleted behind a balancer that survives is told by nothing else.</summary>
internal static class ContentJudgement
{
    /// <param name="status">What was answered.</param>
    /// <param name="location">Its Location.</param>
    /// <param name="isHtml">Whether it says that it is HTML.</param>
    /// <param name="page">What was asked for.</param>
    /// <param name="copy">The snapshot's copy, whose status is below 400.</param>
    /// <param name="isOnSite">Tells a site's own hosts.</param>
    /// <param name="isCovered">Tells what the snapshot holds.</param>
    public static ContentFinding Of(int status, string? location, bool isHtml, PageAddress page, SnapshotEntry copy, Func<string, bool> isOnSite, Func<PageAddress, bool> isCovered) => status switch
    {
        StatusCodes.Status304NotModified => new(ContentKind.Kept),
        // Other 4xx are answers to how it was asked for: too often, with too large a cookie, in a language that there isn't.
        401 or 403 or 404 or 410 or 451 => new(ContentKind.Lost),
        301 or 302 or 303 or 307 or 308 => OfRedirect(location, page, copy, isOnSite, isCovered),
        200 when copy.Status != StatusCodes.Status200OK || !copy.IsHtml => new(ContentKind.Unknown),
        200 => new(isHtml ? ContentKind.InBody : ContentKind.Lost),
        _ => new(ContentKind.Unknown),
    };

    private static ContentFinding OfRedirect(string? location, PageAddress page, SnapshotEntry copy, Func<string, bool> isOnSite, Func<PageAddress, bool> isCovered)
    {
        if (location is null || location == copy.Location)
        {
            return new(location is null ? ContentKind.Unknown : ContentKind.Kept);
        }

        if (!Uri.TryCreate($"{page.Scheme}://{page.Authority}{page.Target}", UriKind.Absolute, out var from) || !Uri.TryCreate(from, location, out var to) || to.Scheme is not ("http" or "https"))
        {
            return new(ContentKind.Unknown);
        }

        if (!isOnSite(to.Authority))
        {
            return new(ContentKind.Lost);
        }

        // Pages may move; to one that was not there when the site was exported, and all to the same one, they move for a login.
        return RequestTarget.TryParse(to.PathAndQuery, out var target, out _) && !isCovered(new PageAddress(to.Scheme, to.Authority, target))
            ? new(ContentKind.Lost, target.Path.GetHashCode(StringComparison.Ordinal) | 1)
            : new(ContentKind.Unknown);
    }
}

using EdgeHost.SnapshotStore.Manifests;
using StaticExport.Fetching;
using StaticExport.Volatility;

namespace StaticExport.Comparing;

/// <summary>Decides how a fresh answer stands to an earlier entry. Pure.</summary>
internal static class EntryComparison
{
    /// <summary>Whether the earlier body has to be read for the decision.</summary>
    public static bool NeedsBodies(FetchedAnswer fresh, ManifestEntry? earlier, VolatilePatterns volatileParts) =>
        earlier is not null && !volatileParts.IsEmpty && !HaveSameBody(fresh, earlier) && HaveLikeHeads(fresh, earlier, volatileParts) && fresh.Body is not null && earlier.Bodies.Length > 0;

    /// <param name="fresh">The answer.</param>
    /// <param name="earlier">The active snapshot's entry of the same key.</param>
    /// <param name="volatileParts">What is not a difference.</param>
    /// <param name="freshBody">The answer's bytes, where <see cref="NeedsBodies"/> says so.</param>
    /// <param name="earlierBody">The entry's bytes, likewise; null when they can't be had.</param>
    public static EntryChange Decide(FetchedAnswer fresh, ManifestEntry? earlier, VolatilePatterns volatileParts, byte[]? freshBody, byte[]? earlierBody)
    {
        if (earlier is null)
        {
            return EntryChange.New;
        }

        if (HaveSameBody(fresh, earlier))
        {
            // Only a header tells them apart, and only in a volatile part: a redirect to "/login?t=1763866000".
            return !HaveSameHeads(fresh, earlier) && HaveLikeHeads(fresh, earlier, volatileParts) ? EntryChange.Kept : EntryChange.Same;
        }

        return freshBody is not null && earlierBody is not null && HaveLikeHeads(fresh, earlier, volatileParts) && volatileParts.AreEqual(fresh.ContentType, earlierBody, freshBody)
            ? EntryChange.Kept
            : EntryChange.Changed;
    }

    private static bool HaveSameBody(FetchedAnswer fresh, ManifestEntry earlier) => fresh.Body is null ? earlier.Bodies.Length == 0 : earlier.Bodies is [var body, ..] && body.Hash == fresh.Body.Hash;

    private static bool HaveSameHeads(FetchedAnswer fresh, ManifestEntry earlier) => HaveLikeHeads(fresh, earlier, VolatilePatterns.None);

    // Last-Modified is left out: pages that carry a time tend to carry it there too.
    private static bool HaveLikeHeads(FetchedAnswer fresh, ManifestEntry earlier, VolatilePatterns volatileParts) =>
        fresh.Status == earlier.Status
        && fresh.ContentType == earlier.ContentType
        && volatileParts.AreEqual(fresh.Location, earlier.Location)
        && fresh.Headers.Keys.SequenceEqual(earlier.Headers.Keys, StringComparer.Ordinal)
        && fresh.Headers.All(header => volatileParts.AreEqual(header.Value, earlier.Headers[header.Key]));
}

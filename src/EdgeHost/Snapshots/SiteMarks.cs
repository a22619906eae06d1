using System.Collections.Frozen;

namespace EdgeHost.Snapshots;

/// <summary>What the pages of one site have in common, learnt from its snapshot.</summary>
/// <param name="TitleWords">The words that nearly all titles hold: mostly the site's name.</param>
/// <param name="Generator">What nearly all pages say that they were made with; null where they don't.</param>
internal sealed record SiteMarks(FrozenSet<string> TitleWords, string? Generator)
{
    private const double NearlyAll = 0.8;
    private const double SameTitle = 0.5;
    private const int LikeLength = 4;
    private const int OtherLength = 8;

    public static SiteMarks Of(IReadOnlyCollection<PageMarks> pages)
    {
        var enough = pages.Count * NearlyAll;
        return new SiteMarks(
            pages.SelectMany(page => page.TitleWords).CountBy(word => word).Where(word => word.Value >= enough).Select(word => word.Key).ToFrozenSet(StringComparer.Ordinal),
            pages.Select(page => page.Generator).OfType<string>().CountBy(name => name).Where(name => name.Value >= enough).Select(name => name.Key).FirstOrDefault());
    }

    /// <summary>Whether a page that was answered is one of the site's; null where nothing tells.</summary>
    /// <param name="page">The page.</param>
    /// <param name="copy">The snapshot's copy of it.</param>
    public bool? Know(PageMarks page, PageMarks copy)
    {
        if (page.TitleWords.Overlaps(TitleWords) || (copy.TitleWords.Count > 0 && copy.TitleWords.Count(page.TitleWords.Contains) >= copy.TitleWords.Count * SameTitle))
        {
            return true;
        }

        if (copy.TitleWords.Overlaps(TitleWords))
        {
            // It had what nearly all pages of the site have, which says more than what a whole platform was made with.
            return false;
        }

        if (Generator is not null && page.Generator == Generator)
        {
            return true;
        }

        var knowsMore = copy.TitleWords.Count > 0 || Generator is not null;
        var (longer, shorter) = (Math.Max(page.Length, copy.Length), Math.Max(1, Math.Min(page.Length, copy.Length)));
        return page.Length < 0 ? (knowsMore ? false : null)
            : longer / shorter >= OtherLength ? false
            : !knowsMore ? null
            : longer / shorter < LikeLength ? null : false;
    }
}

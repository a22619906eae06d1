using EdgeHost.Demo.Platform.Agencies;
using EdgeHost.Demo.Platform.Markup;
using EdgeHost.Demo.Platform.Talents;

namespace EdgeHost.Demo.Platform.Search;

/// <summary>The part of an agency's website that needs the platform: a snapshot can't hold every question.</summary>
internal static class SearchPage
{
    private const int LongestQuestion = 80;

    public static Page For(Agency agency, string? question)
    {
        var words = (question ?? "").Trim();
        words = words[..Math.Min(words.Length, LongestQuestion)];
        var found = words.Length == 0 ? [] : agency.Talents.Where(talent => Matches(talent, words)).ToList();

        return new Page
        {
            Kind = "search",
            Title = $"Search — {agency.Profile.Name}",
            Description = "Search the list.",
            Canonical = null,
            Private = true,
            Body = Html.Of($"""
                <header class="intro"><p class="kicker">Search</p><h1>{(words.Length == 0 ? "Search the list" : words)}</h1></header>
                <form class="search-form" action="/search"><label for="q">Name, city, skill or work</label><div><input id="q" name="q" type="search" value="{words}" maxlength="{LongestQuestion}"><button class="button">Search</button></div></form>
                {(words.Length == 0 ? Html.Empty : Html.Of($"<p class=\"lead\" role=\"status\">{found.Count} found</p>"))}
                <section class="cards" aria-label="Found">{Html.Each(found, TalentCard.Render)}</section>
                """),
        };
    }

    private static bool Matches(Talent talent, string words) =>
        talent.Skills.Append(talent.Name).Append(talent.City).Append(talent.Category.Name)
            .Concat(talent.Credits.Select(credit => credit.Work))
            .Any(text => text.Contains(words, StringComparison.OrdinalIgnoreCase));
}

using EdgeHost.Demo.Platform.Agencies;
using EdgeHost.Demo.Platform.Markup;

namespace EdgeHost.Demo.Platform.Talents;

internal static class TalentListPage
{
    /// <summary>Null where the list has no such page.</summary>
    public static Page? For(Visit visit, TalentQuery query)
    {
        var profile = visit.Agency.Profile;
        var matching = visit.Agency.Talents.Where(talent => query.Category is null || talent.Category == query.Category).ToList();
        var pages = Math.Max(1, (matching.Count + TalentQuery.PageSize - 1) / TalentQuery.PageSize);
        if (query.Page > pages)
        {
            return null;
        }

        var shown = matching.Skip((query.Page - 1) * TalentQuery.PageSize).Take(TalentQuery.PageSize);
        var heading = query.Category?.Name ?? "Talents";
        var numbered = query.Page == 1 ? heading : $"{heading}, page {query.Page}";

        return new Page
        {
            Kind = "talents",
            Title = $"{numbered} — {profile.Name}",
            Description = query.Category?.Blurb ?? $"Everybody whom {profile.Name} represents.",
            Canonical = query.Link(),
            Head = Neighbours(visit, query, pages),
            Body = Html.Of($"""
                <header class="intro"><p class="kicker">{matching.Count} artists</p><h1>{heading}</h1><p class="lead">{query.Category?.Blurb ?? profile.Description}</p></header>
                <nav class="filters" aria-label="Categories"><ul>{Filter("All", new TalentQuery(null, 1), query.Category is null)}{Html.Each(profile.Categories, category => Filter(category.Name, new TalentQuery(category, 1), category == query.Category))}</ul></nav>
                <section class="cards" aria-label="{numbered}">{Html.Each(shown, TalentCard.Render)}</section>
                {Pager(query, pages)}
                """),
        };
    }

    private static Html Filter(string label, TalentQuery query, bool current) => current
        ? Html.Of($"""<li><a href="{query.Link()}" aria-current="page">{label}</a></li>""")
        : Html.Of($"""<li><a href="{query.Link()}">{label}</a></li>""");

    private static Html Neighbours(Visit visit, TalentQuery query, int pages)
    {
        var previous = query.Page > 1
            ? Html.Of($"""<link rel="prev" href="{visit.Absolute((query with { Page = query.Page - 1 }).Link())}">""")
            : Html.Empty;
        var next = query.Page < pages
            ? Html.Of($"""<link rel="next" href="{visit.Absolute((query with { Page = query.Page + 1 }).Link())}">""")
            : Html.Empty;
        return Html.Of($"{previous}{next}");
    }

    private static Html Pager(TalentQuery query, int pages) => pages == 1
        ? Html.Empty
        : Html.Of($"""
            <nav class="pager" aria-label="Pages"><ol>{Html.Each(Enumerable.Range(1, pages), number => PagerItem(query with { Page = number }, number == query.Page))}</ol></nav>
            """);

    private static Html PagerItem(TalentQuery query, bool current) => current
        ? Html.Of($"""<li><a href="{query.Link()}" aria-current="page" aria-label="Page {query.Page}">{query.Page}</a></li>""")
        : Html.Of($"""<li><a href="{query.Link()}" aria-label="Page {query.Page}">{query.Page}</a></li>""");
}

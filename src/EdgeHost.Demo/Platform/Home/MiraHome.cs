using EdgeHost.Demo.Platform.Agencies;
using EdgeHost.Demo.Platform.Markup;
using EdgeHost.Demo.Platform.News;
using EdgeHost.Demo.Platform.Pictures;
using EdgeHost.Demo.Platform.Talents;

namespace EdgeHost.Demo.Platform.Home;

/// <summary>Friendly: round shapes, one warm sentence, and people before everything else.</summary>
internal static class MiraHome
{
    public static Html Body(Agency agency)
    {
        var talents = agency.Talents;
        return Html.Of($"""
            <section class="welcome"><div><p class="kicker">Olá from {agency.Profile.City}</p><h1>{agency.Profile.Tagline}</h1><p class="lead">{agency.Profile.Description}</p><p class="actions"><a class="button" href="/talents">Meet everybody</a> <a class="button quiet" href="/casting">Start a casting</a></p></div>
            <div class="arches" aria-hidden="true">{Html.Each([talents[6], talents[20], talents[27]], talent => PortraitMarkup.Small(talent, "(min-width: 60rem) 20rem, 40vw", alt: "", eager: true))}</div></section>
            <section class="kinds"><h2>Who are you looking for?</h2><ul>{Html.Each(agency.Profile.Categories, category => Kind(agency, category))}</ul></section>
            <section class="wall"><h2>New around the table</h2><div class="cards strip">{Html.Each(talents.OrderByDescending(talent => talent.Since).ThenBy(talent => talent.Slug, StringComparer.Ordinal).Take(6), TalentCard.Render)}</div></section>
            <blockquote class="quote"><p>{agency.Profile.Quote}</p><footer>{agency.Profile.QuoteBy}</footer></blockquote>
            <section class="latest"><h2>From the journal</h2><div class="stories">{Html.Each(agency.News.Take(3), NewsTeaser.Render)}</div></section>
            """);
    }

    private static Html Kind(Agency agency, Category category)
    {
        var face = agency.Talents.FirstOrDefault(talent => talent.Category == category);
        return Html.Of($"""
            <li><a href="{new TalentQuery(category, 1).Link()}">{(face is null ? Html.Empty : PortraitMarkup.Further(face, 1, "8rem", alt: ""))}<strong>{category.Name}</strong><span>{category.Blurb}</span></a></li>
            """);
    }
}

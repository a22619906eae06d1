using EdgeHost.Demo.Platform.Agencies;
using EdgeHost.Demo.Platform.Markup;
using EdgeHost.Demo.Platform.News;
using EdgeHost.Demo.Platform.Pictures;
using EdgeHost.Demo.Platform.Talents;

namespace EdgeHost.Demo.Platform.Home;

/// <summary>Loud: one line of very large type, a wall of pictures, the disciplines as a poster.</summary>
internal static class NovaHome
{
    public static Html Body(Agency agency)
    {
        var talents = agency.Talents;
        return Html.Of($"""
            <section class="hero"><h1>Bodies that <em>move</em> the room.</h1><p class="lead">{agency.Profile.Description}</p><p><a class="button" href="/talents">All {talents.Count} artists</a></p>
            <div class="hero-wall" aria-hidden="true">{Html.Each([talents[2], talents[9], talents[17]], talent => PortraitMarkup.Further(talent, 1, "(min-width: 60rem) 24rem, 33vw", alt: "", eager: true))}</div></section>
            <p class="ticker" aria-hidden="true"><span>{Html.Each(talents.Take(14), talent => Html.Of($"{talent.Name} <i>✳</i> "))}</span></p>
            <section class="disciplines"><h2>Disciplines</h2><ol>{Html.Each(agency.Profile.Categories, category => Html.Of($"<li><a href=\"{new TalentQuery(category, 1).Link()}\"><strong>{category.Name}</strong><span>{category.Blurb}</span></a></li>"))}</ol></section>
            <section class="wall"><h2>On the floor this season</h2><div class="cards">{Html.Each(talents.Where((_, index) => index % 4 == 1).Take(7), TalentCard.Render)}</div></section>
            <blockquote class="quote"><p>{agency.Profile.Quote}</p><footer>{agency.Profile.QuoteBy}</footer></blockquote>
            <section class="latest"><h2>Lately</h2><div class="stories">{Html.Each(agency.News.Take(3), NewsTeaser.Render)}</div></section>
            """);
    }
}

using EdgeHost.Demo.Platform.Agencies;
using EdgeHost.Demo.Platform.Markup;
using EdgeHost.Demo.Platform.News;
using EdgeHost.Demo.Platform.Pictures;
using EdgeHost.Demo.Platform.Talents;

namespace EdgeHost.Demo.Platform.Home;

/// <summary>Quiet: a front page as a newspaper has one, and the whole list as an index of names.</summary>
internal static class AtlasHome
{
    public static Html Body(Agency agency)
    {
        var lead = agency.Talents[12];
        return Html.Of($"""
            <section class="front"><div class="front-lead"><p class="kicker">In the company of</p><h1>{lead.Name}</h1><p class="lead">{lead.Biography[0]}</p><p><a class="button" href="{TalentCard.Link(lead)}">Read on</a></p></div>
            <div class="front-portrait">{PortraitMarkup.Large(lead, "(min-width: 60rem) 34rem, 92vw", $"Portrait of {lead.Name}")}</div>
            <div class="front-news"><h2>From the office</h2>{Html.Each(agency.News.Take(3), NewsTeaser.Render)}</div></section>
            <section class="index"><h2>The list</h2><ul>{Html.Each(agency.Talents.OrderBy(talent => talent.LastName, StringComparer.Ordinal), talent => Html.Of($"<li><a href=\"{TalentCard.Link(talent)}\"><strong>{talent.LastName}</strong>, {talent.FirstName}</a> <span>{talent.Category.Name}</span></li>"))}</ul></section>
            <blockquote class="quote"><p>{agency.Profile.Quote}</p><footer>{agency.Profile.QuoteBy}</footer></blockquote>
            <section class="wall"><h2>Seen this season</h2><div class="cards">{Html.Each(agency.Talents.Where((_, index) => index % 6 == 3).Take(5), TalentCard.Render)}</div></section>
            """);
    }
}

using EdgeHost.Demo.Platform.Agencies;
using EdgeHost.Demo.Platform.Markup;
using EdgeHost.Demo.Platform.Pictures;
using EdgeHost.Demo.Platform.Talents;

namespace EdgeHost.Demo.Platform.News;

internal static class NewsPages
{
    public static Page List(Agency agency) => new()
    {
        Kind = "news",
        Title = $"News — {agency.Profile.Name}",
        Description = $"What is new at {agency.Profile.Name}.",
        Canonical = "/news",
        Body = Html.Of($"""
            <header class="intro"><p class="kicker">{agency.Profile.City}</p><h1>News</h1><p class="lead">Notes from the office. There is a <a href="/feed.xml">feed</a>, if you read those.</p></header>
            <div class="stories">{Html.Each(agency.News, NewsTeaser.Render)}</div>
            """),
    };

    public static Page Article(Agency agency, NewsPost post)
    {
        // Any two will do, as long as they are always the same two.
        var at = agency.News.Select((other, index) => (other, index)).First(pair => pair.other == post).index;
        Talent[] mentioned = [agency.Talents[(at * 5) + 1], agency.Talents[(at * 5) + 4]];

        return new Page
        {
            Kind = "article",
            Title = $"{post.Title} — {agency.Profile.Name}",
            Description = post.Summary,
            Canonical = NewsTeaser.Link(post),
            OpenGraphImage = $"/og/{mentioned[0].Slug}.jpg",
            Body = Html.Of($"""
                <article class="article"><header class="intro"><p class="kicker">{NewsTeaser.Date(post)}</p><h1>{post.Title}</h1><p class="lead">{post.Summary}</p></header>
                <figure class="article-picture">{PortraitMarkup.Further(mentioned[0], 1, "(min-width: 60rem) 26rem, 92vw", $"{mentioned[0].Name} in the studio")}<figcaption>{mentioned[0].Name}, {mentioned[0].Category.Role.ToLowerInvariant()}</figcaption></figure>
                <div class="prose">{Html.Each(post.Paragraphs, paragraph => Html.Of($"<p>{paragraph}</p>"))}<p><a href="/news">All news</a></p></div></article>
                <section class="related"><h2>In this story</h2><div class="cards">{Html.Each(mentioned, TalentCard.Render)}</div></section>
                """),
        };
    }
}

using EdgeHost.Demo.Platform.Agencies;
using EdgeHost.Demo.Platform.Markup;

namespace EdgeHost.Demo.Platform.News;

internal static class NewsEndpoints
{
    public static void MapNews(this IEndpointRouteBuilder routes)
    {
        routes.MapRead("/news", (HttpContext context) => new PageResult(NewsPages.List(Visit.Of(context).Agency)));

        routes.MapRead("/news/{slug}", (HttpContext context, string slug) =>
        {
            var agency = Visit.Of(context).Agency;
            var post = agency.FindNews(slug);
            return new PageResult(post is null ? NotFoundPage.For() : NewsPages.Article(agency, post));
        });

        routes.MapRead("/feed.xml", (HttpContext context) => new XmlResult(NewsFeed.For(Visit.Of(context)), "application/atom+xml"));
    }
}

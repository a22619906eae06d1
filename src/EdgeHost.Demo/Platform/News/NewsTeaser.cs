using EdgeHost.Demo.Platform.Agencies;
using EdgeHost.Demo.Platform.Markup;

namespace EdgeHost.Demo.Platform.News;

internal static class NewsTeaser
{
    public static string Link(NewsPost post) => $"/news/{post.Slug}";

    public static Html Render(NewsPost post) => Html.Of($"""
        <article class="story"><p class="kicker">{Date(post)}</p><h3><a href="{Link(post)}">{post.Title}</a></h3><p>{post.Summary}</p></article>
        """);

    public static Html Date(NewsPost post) => Html.Of($"""<time datetime="{post.Date:yyyy-MM-dd}">{post.Date:d MMMM yyyy}</time>""");
}

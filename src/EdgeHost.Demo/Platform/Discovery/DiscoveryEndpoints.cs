using System.Text.Json.Nodes;
using EdgeHost.Demo.Platform.Agencies;
using EdgeHost.Demo.Platform.Markup;

namespace EdgeHost.Demo.Platform.Discovery;

/// <summary>What machines read: robots, sitemap, web manifest.</summary>
internal static class DiscoveryEndpoints
{
    public static void MapDiscovery(this IEndpointRouteBuilder routes)
    {
        routes.MapRead("/sitemap.xml", (HttpContext context) => new XmlResult(Sitemap.For(Visit.Of(context)), "application/xml"));

        routes.MapRead("/robots.txt", (HttpContext context) => TypedResults.Text($"""
            User-agent: *
            Disallow: /admin
            Disallow: /search

            Sitemap: {Visit.Of(context).Absolute("/sitemap.xml")}

            """));

        routes.MapRead("/site.webmanifest", (HttpContext context) =>
            TypedResults.Text(WebManifest(Visit.Of(context).Agency), "application/manifest+json"));
    }

    private static string WebManifest(Agency agency)
    {
        var theme = Theme.Of(agency);
        return new JsonObject
        {
            ["name"] = agency.Profile.Name,
            ["short_name"] = agency.Profile.ShortName,
            ["start_url"] = "/",
            ["display"] = "minimal-ui",
            ["background_color"] = theme.Paper,
            ["theme_color"] = theme.Colour,
            ["icons"] = new JsonArray(Icon(192, "any"), Icon(512, "any"), Icon(512, "maskable")),
        }.ToJsonString();
    }

    private static JsonObject Icon(int size, string purpose) => new()
    {
        ["src"] = $"/icons/{size}.png",
        ["sizes"] = $"{size}x{size}",
        ["type"] = "image/png",
        ["purpose"] = purpose,
    };
}

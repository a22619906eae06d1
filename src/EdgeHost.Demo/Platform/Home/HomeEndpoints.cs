using EdgeHost.Demo.Platform.Agencies;
using EdgeHost.Demo.Platform.Markup;

namespace EdgeHost.Demo.Platform.Home;

internal static class HomeEndpoints
{
    public static void MapHome(this IEndpointRouteBuilder routes)
    {
        routes.MapRead("/", (HttpContext context) => new PageResult(HomePage(Visit.Of(context).Agency)));
        routes.MapRead("/about", (HttpContext context) => new PageResult(AboutPage.For(Visit.Of(context).Agency)));
    }

    private static Page HomePage(Agency agency) => new()
    {
        Kind = "home",
        Title = $"{agency.Profile.Name} — {agency.Profile.Tagline}",
        Description = agency.Profile.Description,
        Canonical = "/",
        Body = agency.Id switch
        {
            "nova" => NovaHome.Body(agency),
            "atlas" => AtlasHome.Body(agency),
            _ => MiraHome.Body(agency),
        },
    };
}

using EdgeHost.Demo.Platform.Agencies;
using EdgeHost.Demo.Platform.Markup;

namespace EdgeHost.Demo.Platform.Search;

internal static class SearchEndpoints
{
    public static void MapSearch(this IEndpointRouteBuilder routes) =>
        routes.MapRead("/search", (HttpContext context, string? q) => new PageResult(SearchPage.For(Visit.Of(context).Agency, q)));
}

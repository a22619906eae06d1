using EdgeHost.Demo.Platform.Agencies;
using EdgeHost.Demo.Platform.Markup;

namespace EdgeHost.Demo.Platform.Talents;

internal static class TalentEndpoints
{
    public static void MapTalents(this IEndpointRouteBuilder routes)
    {
        routes.MapRead("/talents", (HttpContext context, string? category, string? page) =>
        {
            var visit = Visit.Of(context);
            var list = TalentQuery.Parse(visit.Agency, category, page) is { } query ? TalentListPage.For(visit, query) : null;
            return new PageResult(list ?? NotFoundPage.For());
        });

        routes.MapRead("/talents/{slug}", (HttpContext context, string slug) =>
        {
            var visit = Visit.Of(context);
            var talent = visit.Agency.FindTalent(slug);
            return new PageResult(talent is null ? NotFoundPage.For() : TalentPage.For(visit, talent));
        });

        // The address that the list had before the last relaunch; absolute, as old platforms redirect.
        routes.MapRead("/models", (HttpContext context) =>
            TypedResults.Redirect(Visit.Of(context).Absolute("/talents"), permanent: true));
    }
}

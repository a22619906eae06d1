using EdgeHost.Demo.Platform.Agencies;
using EdgeHost.Demo.Platform.Markup;
using Microsoft.Net.Http.Headers;

namespace EdgeHost.Demo.Platform.Pictures;

internal static class PictureEndpoints
{
    public static void AddPictures(this IServiceCollection services) => services.AddSingleton<PictureCache>();

    public static void MapPictures(this IEndpointRouteBuilder routes)
    {
        routes.MapRead("/portraits/{slug}/{take:int}-{rendition}", (HttpContext context, PictureCache cache, string slug, int take, string rendition) =>
        {
            var agency = Visit.Of(context).Agency;
            return Send(context, agency.FindTalent(slug) is { } talent ? cache.Portrait(agency, talent, take, rendition) : null);
        });

        routes.MapRead("/og/{slug}.jpg", (HttpContext context, PictureCache cache, string slug) =>
        {
            var agency = Visit.Of(context).Agency;
            IReadOnlyList<Talent> people = slug == "home"
                ? [agency.Talents[3], agency.Talents[11], agency.Talents[19]]
                : agency.FindTalent(slug) is { } talent ? [talent] : [];
            return Send(context, people.Count > 0 ? cache.Single(agency, $"og/{slug}", () => SharingImage.For(agency, people)) : null);
        });

        routes.MapRead("/icons/{size:int}.png", (HttpContext context, PictureCache cache, int size) =>
        {
            var agency = Visit.Of(context).Agency;
            return Send(context, size is 180 or 192 or 512 ? cache.Single(agency, $"icon/{size}", () => Mark.Icon(agency, size)) : null);
        });

        routes.MapRead("/favicon.ico", (HttpContext context, PictureCache cache) =>
        {
            var agency = Visit.Of(context).Agency;
            return Send(context, cache.Single(agency, "favicon", () => FavouriteIcon.For(agency)));
        });

        routes.MapRead("/icons/mark.svg", (HttpContext context) =>
        {
            context.Response.Headers.CacheControl = "public, max-age=3600";
            return TypedResults.Text(Mark.Svg(Visit.Of(context).Agency), "image/svg+xml");
        });
    }

    private static IResult Send(HttpContext context, Picture? picture)
    {
        if (picture is null)
        {
            return new PageResult(NotFoundPage.For());
        }

        context.Response.Headers.CacheControl = "public, max-age=86400";
        return TypedResults.Bytes(picture.Bytes, picture.MediaType, entityTag: EntityTagHeaderValue.Parse(picture.EntityTag));
    }
}

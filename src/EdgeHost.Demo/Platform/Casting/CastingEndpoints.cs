using EdgeHost.Demo.Platform.Agencies;
using EdgeHost.Demo.Platform.Markup;

namespace EdgeHost.Demo.Platform.Casting;

internal static class CastingEndpoints
{
    public static void AddCasting(this IServiceCollection services) => services.AddSingleton<CastingInbox>();

    public static void MapCasting(this IEndpointRouteBuilder routes)
    {
        routes.MapRead(CastingPages.Path, (HttpContext context) =>
            new PageResult(CastingPages.Form(Visit.Of(context).Agency, CastingForm.Empty, [])));

        // No anti-forgery token: the form is anonymous, so nobody's authority can be borrowed for it.
        routes.MapPost(CastingPages.Path, async (HttpContext context, CastingInbox inbox) =>
        {
            if (!context.Request.HasFormContentType)
            {
                return Results.StatusCode(StatusCodes.Status415UnsupportedMediaType);
            }

            var agency = Visit.Of(context).Agency;
            var form = CastingForm.Read(await context.Request.ReadFormAsync(context.RequestAborted));
            if (form.Complaints() is { Count: > 0 } complaints)
            {
                return new PageResult(CastingPages.Form(agency, form, complaints));
            }

            inbox.Accept(agency, form);
            return new SeeOther(CastingPages.ThanksPath);
        });

        routes.MapRead(CastingPages.ThanksPath, (HttpContext context) => new PageResult(CastingPages.Thanks(Visit.Of(context).Agency)));
    }
}

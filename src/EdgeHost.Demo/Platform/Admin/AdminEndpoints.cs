using EdgeHost.Demo.Platform.Agencies;
using EdgeHost.Demo.Platform.Casting;
using EdgeHost.Demo.Platform.Markup;

namespace EdgeHost.Demo.Platform.Admin;

internal static class AdminEndpoints
{
    private const string Cookie = "office";
    private const string Word = "demo";

    // Strict, because a form of another site must not act with this cookie.
    private static readonly CookieOptions Confined = new() { HttpOnly = true, SameSite = SameSiteMode.Strict, Path = "/admin" };

    public static void AddAdmin(this IServiceCollection services) => services.AddSingleton<AdminSessions>();

    public static void MapAdmin(this IEndpointRouteBuilder routes)
    {
        routes.MapRead("/admin", (HttpContext context, AdminSessions sessions, CastingInbox inbox) =>
        {
            var agency = Visit.Of(context).Agency;
            return new PageResult(sessions.Holds(context.Request.Cookies[Cookie], agency.Id)
                ? AdminPages.Inbox(agency, inbox.For(agency))
                : AdminPages.SignIn(agency, refused: false));
        });

        routes.MapPost("/admin", async (HttpContext context, AdminSessions sessions) =>
        {
            if (!context.Request.HasFormContentType)
            {
                return Results.StatusCode(StatusCodes.Status415UnsupportedMediaType);
            }

            var agency = Visit.Of(context).Agency;
            var form = await context.Request.ReadFormAsync(context.RequestAborted);
            if (form["user"] != Word || form["password"] != Word)
            {
                return new PageResult(AdminPages.SignIn(agency, refused: true));
            }

            context.Response.Cookies.Append(Cookie, sessions.Open(agency.Id), Confined);
            return new SeeOther("/admin");
        });

        routes.MapPost("/admin/leave", (HttpContext context) =>
        {
            context.Response.Cookies.Delete(Cookie, Confined);
            return new SeeOther("/");
        });
    }
}

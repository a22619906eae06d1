using System.Security.Cryptography;

namespace EdgeHost.Demo.Platform.Visitors;

/// <summary>A session cookie for everybody who looks at a page, as real platforms set one: no snapshot may hold it.</summary>
internal sealed class VisitorCookieMiddleware(RequestDelegate next)
{
    private const string Cookie = "visit";

    private static readonly CookieOptions SessionOnly = new() { HttpOnly = true, SameSite = SameSiteMode.Lax };

    public Task InvokeAsync(HttpContext context)
    {
        if (!context.Request.Cookies.ContainsKey(Cookie))
        {
            context.Response.OnStarting(() =>
            {
                if (context.Response.ContentType?.StartsWith("text/html", StringComparison.Ordinal) == true)
                {
                    context.Response.Cookies.Append(Cookie, RandomNumberGenerator.GetHexString(24, lowercase: true), SessionOnly);
                }

                return Task.CompletedTask;
            });
        }

        return next(context);
    }
}

using EdgeHost.Demo.Platform.Admin;
using EdgeHost.Demo.Platform.Agencies;
using EdgeHost.Demo.Platform.Assets;
using EdgeHost.Demo.Platform.Casting;
using EdgeHost.Demo.Platform.Discovery;
using EdgeHost.Demo.Platform.Home;
using EdgeHost.Demo.Platform.Markup;
using EdgeHost.Demo.Platform.News;
using EdgeHost.Demo.Platform.Pictures;
using EdgeHost.Demo.Platform.Search;
using EdgeHost.Demo.Platform.Talents;
using EdgeHost.Demo.Platform.Visitors;
using Microsoft.AspNetCore.HttpOverrides;

namespace EdgeHost.Demo.Platform;

/// <summary>The platform of the demonstration: one process that renders the websites of all its agencies.</summary>
internal static class PlatformApplication
{
    public static WebApplication Build(Uri url)
    {
        // Empty: the edge's appsettings.json lies in the same directory, and is not ours to read.
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        builder.WebHost.UseKestrelCore().UseUrls(url.GetLeftPart(UriPartial.Authority));
        builder.Logging.AddSimpleConsole(options => options.SingleLine = true).SetMinimumLevel(LogLevel.Warning);
        builder.Services.AddRouting();
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddSingleton<AgencyDirectory>();
        builder.Services.AddPictures();
        builder.Services.AddCasting();
        builder.Services.AddAdmin();

        var app = builder.Build();

        app.Use((context, next) =>
        {
            context.Response.Headers["X-Platform"] = "demo";
            return next(context);
        });
        app.UseForwardedHeaders(new ForwardedHeadersOptions { ForwardedHeaders = ForwardedHeaders.XForwardedProto });
        app.UseMiddleware<AgencyMiddleware>();
        app.UseMiddleware<TrailingSlashMiddleware>();
        app.UseMiddleware<VisitorCookieMiddleware>();
        app.UseRouting();

        app.MapHome();
        app.MapTalents();
        app.MapNews();
        app.MapSearch();
        app.MapCasting();
        app.MapAdmin();
        app.MapPictures();
        app.MapAssets();
        app.MapDiscovery();
        app.MapFallback("{**path}", () => new PageResult(NotFoundPage.For()));

        return app;
    }
}

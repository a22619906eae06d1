using EdgeHost.ControlContracts;

namespace EdgeHost.Management;

/// <summary>
/// The management listener: a server of its own in the same process, so that no route of it can ever be reached through the public one,
/// and no load of visitors queues before it.
/// </summary>
internal sealed class ManagementServer(
    ManagementOptions options,
    ManagementToken token,
    ManagementAddress address,
    HealthEndpoints health,
    IEnumerable<ApiRoutes> routes,
    ILoggerFactory loggers) : IHostedService, IAsyncDisposable
{
    private WebApplication? app;

    /// <summary>Where it listens; null before it does.</summary>
    public string? Url => app?.Urls.FirstOrDefault();

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        builder.Services.AddSingleton(loggers);
        builder.Services.AddSingleton<IHostLifetime, InnerLifetime>();
        builder.Services.AddLogging();
        builder.Services.AddRoutingCore();
        builder.Services.ConfigureHttpJsonOptions(json => json.SerializerOptions.TypeInfoResolverChain.Insert(0, ControlJson.Readable));
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = 64 * 1024;
        }).UseUrls(options.Url);
        builder.Services.Configure<RouteHandlerOptions>(handlers => handlers.ThrowOnBadRequest = true);
        app = builder.Build();
        app.Use(GuardAsync);
        app.UseRouting();
        health.Map(app);
        var api = app.MapGroup("/api/v1");
        foreach (var map in routes)
        {
            map(api);
        }

        await app.StartAsync(cancellationToken);
        await address.WriteAsync(Url!, cancellationToken);
    }

    public Task StopAsync(CancellationToken cancellationToken) => app?.StopAsync(cancellationToken) ?? Task.CompletedTask;

    public ValueTask DisposeAsync() => app?.DisposeAsync() ?? ValueTask.CompletedTask;

    // Before anything of a request is read. All but health needs the token, also what does not exist.
    private async Task GuardAsync(HttpContext context, RequestDelegate next)
    {
        if (!context.Request.Path.StartsWithSegments("/healthz") && !token.Accepts(context.Request.Headers.Authorization))
        {
            context.Response.Headers.WWWAuthenticate = "Bearer";
            await ManagementProblems.Unauthorized(token.Place).ExecuteAsync(context);
            return;
        }

        try
        {
            await next(context);
        }
        catch (BadHttpRequestException e)
        {
            await ManagementProblems.Unreadable(e).ExecuteAsync(context);
        }
    }

    // Signals are the outer host's: this server starts and stops with it.
    private sealed class InnerLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}

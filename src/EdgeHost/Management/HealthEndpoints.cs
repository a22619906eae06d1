using EdgeHost.Sites;

namespace EdgeHost.Management;

/// <summary>
/// For orchestrators, without a token. Neither ever depends on the origin, the store or a cache: an edge that was taken away
/// because the platform is down would take the websites with it.
/// </summary>
internal sealed class HealthEndpoints(SiteTableState tables, IHostApplicationLifetime lifetime)
{
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/healthz/live", () => Results.Text("alive\n"));
        routes.MapGet("/healthz/ready", () => lifetime.ApplicationStarted.IsCancellationRequested && !lifetime.ApplicationStopping.IsCancellationRequested
            ? Results.Text($"ready: {tables.Current.Sites.Length} sites\n")
            : Results.Text("not ready: the public listener is not open\n", statusCode: StatusCodes.Status503ServiceUnavailable));
    }
}

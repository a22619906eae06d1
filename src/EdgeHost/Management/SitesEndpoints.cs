using EdgeHost.ControlContracts;

namespace EdgeHost.Management;

internal static class SitesEndpoints
{
    public static void MapSites(this IEndpointRouteBuilder routes, SiteReports reports) =>
        routes.MapGet("/sites", () => Results.Json(reports.Report(), ControlJson.Readable.SitesResponse));
}

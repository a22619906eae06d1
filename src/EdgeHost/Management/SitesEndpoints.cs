using EdgeHost.ControlContracts;

namespace EdgeHost.Management;

internal sealed class SitesEndpoints(SiteReports reports)
{
    public void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/sites", () => Results.Json(reports.Report(), ControlJson.Readable.SitesResponse));
}

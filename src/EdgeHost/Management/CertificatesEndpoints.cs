using EdgeHost.ControlContracts;

namespace EdgeHost.Management;

internal sealed class CertificatesEndpoints(CertificateReports reports)
{
    public void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/certificates", () => Results.Json(reports.Report(), ControlJson.Readable.CertificatesResponse));
}

using System.Net.Http.Headers;
using System.Text.Json;
using EdgeHost.ControlContracts;
using EdgeHost.Demo.Walkthrough.Planning;

namespace EdgeHost.Demo.Walkthrough.Visiting;

internal sealed class ManagementClient(StagePlan plan) : IDisposable
{
    public const string SitesPath = "/api/v1/sites";

    private readonly HttpClient http = new()
    {
        BaseAddress = plan.Management,
        Timeout = TimeSpan.FromSeconds(10),
        DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", plan.Token) },
    };

    public async Task<bool> IsReadyAsync(CancellationToken cancellationToken)
    {
        try
        {
            using var response = await http.GetAsync(new Uri("/healthz/ready", UriKind.Relative), cancellationToken);
            return response.IsSuccessStatusCode;
        }
        catch (Exception failure) when (failure is HttpRequestException or TaskCanceledException && !cancellationToken.IsCancellationRequested)
        {
            // Nobody listens yet.
            return false;
        }
    }

    /// <summary>Null while the edge does not answer.</summary>
    public async Task<IReadOnlyList<SiteStatus>?> SitesAsync(CancellationToken cancellationToken)
    {
        try
        {
            var json = await http.GetStringAsync(new Uri(SitesPath, UriKind.Relative), cancellationToken);
            return JsonSerializer.Deserialize(json, ControlJson.Default.SitesResponse)?.Sites;
        }
        catch (Exception failure) when (failure is HttpRequestException or TaskCanceledException && !cancellationToken.IsCancellationRequested)
        {
            return null;
        }
    }

    public void Dispose() => http.Dispose();
}

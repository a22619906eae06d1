using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;

namespace EdgeHost.SystemTests.Edges;

/// <summary>What an operator's tools ask of an edge's management listener.</summary>
internal sealed class ManagementClient(EdgeConfig config) : IDisposable
{
    private readonly HttpClient http = new(new SocketsHttpHandler { UseProxy = false })
    {
        BaseAddress = new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{config.ManagementPort}")),
        DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", config.BearerToken) },
        Timeout = TimeSpan.FromSeconds(15),
    };

    /// <summary>The status of a GET; null when nobody listens.</summary>
    public async Task<HttpStatusCode?> StatusAsync(string path, CancellationToken cancellationToken)
    {
        try
        {
            using var response = await http.GetAsync(path, cancellationToken);
            return response.StatusCode;
        }
        catch (HttpRequestException)
        {
            return null;
        }
    }

    /// <summary><c>GET /api/v1/sites</c></summary>
    public Task<JsonElement> SitesAsync(CancellationToken cancellationToken) => http.GetFromJsonAsync<JsonElement>("/api/v1/sites", cancellationToken);

    /// <summary><c>PUT /api/v1/overrides/{scope}</c>, where the scope is <c>all</c> or <c>sites/{id}</c>.</summary>
    public Task<HttpResponseMessage> SetModeAsync(string scope, string mode, CancellationToken cancellationToken) =>
        http.PutAsJsonAsync($"/api/v1/overrides/{scope}", new { mode, reason = "system test", actor = "tests" }, cancellationToken);

    public void Dispose() => http.Dispose();
}

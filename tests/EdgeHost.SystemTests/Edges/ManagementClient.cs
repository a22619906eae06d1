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

    /// <summary>What <c>GET /api/v1/sites</c> says of the one site.</summary>
    public async Task<JsonElement> SiteAsync(CancellationToken cancellationToken) => (await SitesAsync(cancellationToken)).GetProperty("sites")[0];

    /// <summary>What it says of the store: <c>ok</c>, <c>unreachable</c>, <c>damaged</c> and so on.</summary>
    public async Task<string?> StoreStateAsync(CancellationToken cancellationToken) => (await SitesAsync(cancellationToken)).GetProperty("store").GetProperty("state").GetString();

    /// <summary>Asks for a mode on a scope, <c>all</c> or <c>sites/{id}</c>, and answers the status. Also before there is a snapshot: what is shown then is the store's alone.</summary>
    public async Task<HttpStatusCode> TrySetModeAsync(string scope, string mode, CancellationToken cancellationToken)
    {
        using var response = await http.PutAsJsonAsync($"/api/v1/overrides/{scope}", new { mode, reason = "system test", actor = "tests", confirm = scope, overrideRules = new[] { "snapshot-missing" } }, cancellationToken);
        return response.StatusCode;
    }

    /// <summary>Sets a mode on a scope.</summary>
    public async Task SetModeAsync(string scope, string mode, CancellationToken cancellationToken) =>
        Assert.Equal(HttpStatusCode.OK, await TrySetModeAsync(scope, mode, cancellationToken));

    /// <summary>Ends what is set on a scope.</summary>
    public async Task ClearModeAsync(string scope, CancellationToken cancellationToken)
    {
        using var response = await http.DeleteAsync($"/api/v1/overrides/{scope}{(scope.Contains('?', StringComparison.Ordinal) ? '&' : '?')}actor=tests&reason=system+test&confirm={scope}", cancellationToken);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    /// <summary>What is set, as <c>scope mode</c>, in the order in which the edge tells it.</summary>
    public async Task<IReadOnlyList<string>> OverridesAsync(CancellationToken cancellationToken) =>
        [.. (await http.GetFromJsonAsync<JsonElement>("/api/v1/overrides", cancellationToken)).GetProperty("overrides").EnumerateArray()
            .Select(one => $"{one.GetProperty("scope").GetString()} {one.GetProperty("mode").GetString()}")];

    public void Dispose() => http.Dispose();
}

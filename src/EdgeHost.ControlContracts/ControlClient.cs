using System.Net.Http.Headers;
using System.Net.Mime;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace EdgeHost.ControlContracts;

/// <summary>Asks an edge's control API.</summary>
public sealed class ControlClient : IDisposable
{
    private readonly HttpClient http;

    /// <param name="edge">The edge's management URL.</param>
    /// <param name="token">Its bearer token; null: none is sent, and the edge's refusal says where one is found.</param>
    public ControlClient(Uri edge, string? token)
    {
        http = new HttpClient { BaseAddress = edge, Timeout = TimeSpan.FromSeconds(30) };
        http.DefaultRequestHeaders.Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token);
    }

    public Task<ControlAnswer<SitesResponse>> SitesAsync(CancellationToken cancellationToken) =>
        AskAsync(HttpMethod.Get, "sites", null, ControlJson.Default.SitesResponse, cancellationToken);

    public Task<ControlAnswer<OverridesResponse>> OverridesAsync(CancellationToken cancellationToken) =>
        AskAsync(HttpMethod.Get, "overrides", null, ControlJson.Default.OverridesResponse, cancellationToken);

    public Task<ControlAnswer<CertificatesResponse>> CertificatesAsync(CancellationToken cancellationToken) =>
        AskAsync(HttpMethod.Get, "certificates", null, ControlJson.Default.CertificatesResponse, cancellationToken);

    /// <summary>How a request would be answered, and why.</summary>
    /// <param name="url">An absolute URL.</param>
    /// <param name="method">Null: <c>GET</c>.</param>
    /// <param name="client">The address of the visitor; null: none in particular.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public Task<ControlAnswer<ExplainResponse>> ExplainAsync(string url, string? method, string? client, CancellationToken cancellationToken)
    {
        var query = string.Join('&', new[] { ("url", url), ("method", method), ("client", client) }.Where(pair => pair.Item2 is not null).Select(pair => $"{pair.Item1}={Uri.EscapeDataString(pair.Item2!)}"));
        return AskAsync(HttpMethod.Get, $"explain?{query}", null, ControlJson.Default.ExplainResponse, cancellationToken);
    }

    /// <summary>What a change would do.</summary>
    public Task<ControlAnswer<PlanResponse>> PlanAsync(PlanRequest request, CancellationToken cancellationToken) =>
        AskAsync(HttpMethod.Post, "overrides/plan", JsonSerializer.Serialize(request, ControlJson.Default.PlanRequest), ControlJson.Default.PlanResponse, cancellationToken);

    /// <summary>Sets a mode on a scope.</summary>
    /// <exception cref="FormatException"><paramref name="scope"/> is no scope.</exception>
    public Task<ControlAnswer<OverrideResponse>> SetAsync(string scope, OverrideRequest request, CancellationToken cancellationToken) =>
        AskAsync(HttpMethod.Put, $"overrides/{PathOf(scope)}", JsonSerializer.Serialize(request, ControlJson.Default.OverrideRequest), ControlJson.Default.OverrideResponse, cancellationToken);

    /// <summary>Ends what is set on a scope.</summary>
    /// <inheritdoc cref="SetAsync"/>
    public Task<ControlAnswer<OverrideResponse>> ClearAsync(string scope, OverrideRequest request, CancellationToken cancellationToken)
    {
        var path = PathOf(scope);
        var query = new StringBuilder(path.Contains('?', StringComparison.Ordinal) ? "&" : "?").Append("actor=").Append(Uri.EscapeDataString(request.Actor ?? ""))
            .Append("&reason=").Append(Uri.EscapeDataString(request.Reason ?? ""));
        foreach (var (name, value) in (request.OverrideRules ?? []).Select(rule => ("overrideRules", rule)).Append(("confirm", request.Confirm ?? "")).Append(("local", request.Local == true ? "true" : "")).Where(pair => pair.Item2.Length > 0))
        {
            query.Append('&').Append(name).Append('=').Append(Uri.EscapeDataString(value));
        }

        return AskAsync(HttpMethod.Delete, $"overrides/{path}{query}", null, ControlJson.Default.OverrideResponse, cancellationToken);
    }

    public void Dispose() => http.Dispose();

    private static string PathOf(string scope) => ScopePath.Of(scope) ?? throw new FormatException($"'{scope}' is not a scope.");

    private async Task<ControlAnswer<T>> AskAsync<T>(HttpMethod method, string path, string? body, JsonTypeInfo<T> form, CancellationToken cancellationToken)
        where T : class
    {
        try
        {
            using var request = new HttpRequestMessage(method, new Uri($"/api/v1/{path}", UriKind.Relative));
            request.Content = body is null ? null : new StringContent(body, Encoding.UTF8, MediaTypeNames.Application.Json);
            using var response = await http.SendAsync(request, cancellationToken);
            var answer = await response.Content.ReadAsStringAsync(cancellationToken);
            return response.IsSuccessStatusCode ? new ControlAnswer<T>(JsonSerializer.Deserialize(answer, form) ?? throw new JsonException("It is empty."), null, null)
                : ProblemOf(answer) is { } problem ? new ControlAnswer<T>(null, problem, null)
                : new ControlAnswer<T>(null, null, $"What answers at {http.BaseAddress} is no edge's management listener (Management:Url, port 8081 by default): {(int)response.StatusCode} {response.ReasonPhrase}.");
        }
        catch (Exception e) when (e is HttpRequestException or JsonException or TaskCanceledException && !cancellationToken.IsCancellationRequested)
        {
            return new ControlAnswer<T>(null, null, $"No edge answers at {http.BaseAddress}: {e.Message}{(e.InnerException is { } inner ? $" {inner.Message}" : "")}");
        }
    }

    // Null: in words that are not an edge's.
    private static Problem? ProblemOf(string answer)
    {
        try
        {
            return JsonSerializer.Deserialize(answer, ControlJson.Default.Problem) is { Title: not null, Detail: not null } problem ? problem : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

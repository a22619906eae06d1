using EdgeHost.Demo.Walkthrough.Planning;

namespace EdgeHost.Demo.Walkthrough.Visiting;

/// <summary>A visitor without cookies who follows no redirect. It connects to 127.0.0.1, whatever the resolver thinks of *.localhost.</summary>
internal sealed class SiteClient(StagePlan plan) : IDisposable
{
    private const string DecisionHeader = "EdgeHost-Decision";

    private readonly HttpClient http = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false })
    {
        Timeout = TimeSpan.FromSeconds(30),
        MaxResponseContentBufferSize = 32 * 1024 * 1024,
    };

    public Task<Answer> GetAsync(string siteId, string path, CancellationToken cancellationToken) =>
        SendAsync(HttpMethod.Get, siteId, path, content: null, cancellationToken);

    public async Task<Answer> PostAsync(string siteId, string path, IReadOnlyDictionary<string, string> form, CancellationToken cancellationToken)
    {
        using var content = new FormUrlEncodedContent(form);
        return await SendAsync(HttpMethod.Post, siteId, path, content, cancellationToken);
    }

    /// <summary>Past the edge: does the platform itself answer?</summary>
    public async Task<bool> PlatformAnswersAsync(string siteId, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(plan.Platform, "/robots.txt"));
        request.Headers.Host = plan.Authority(siteId);
        try
        {
            using var response = await http.SendAsync(request, cancellationToken);
            return response.IsSuccessStatusCode;
        }
        catch (Exception failure) when (failure is HttpRequestException or TaskCanceledException && !cancellationToken.IsCancellationRequested)
        {
            // Nobody listens yet.
            return false;
        }
    }

    public void Dispose() => http.Dispose();

    private async Task<Answer> SendAsync(HttpMethod method, string siteId, string path, HttpContent? content, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(method, new Uri(plan.Edge, path)) { Content = content };
        request.Headers.Host = plan.Authority(siteId);
        try
        {
            using var response = await http.SendAsync(request, cancellationToken);
            return new Answer
            {
                Status = response.StatusCode,
                Decision = response.Headers.TryGetValues(DecisionHeader, out var values) ? string.Join(", ", values) : "",
                Location = response.Headers.Location?.ToString(),
                MediaType = response.Content.Headers.ContentType?.MediaType ?? "",
                Body = await response.Content.ReadAsByteArrayAsync(cancellationToken),
            };
        }
        catch (Exception failure) when (failure is HttpRequestException or TaskCanceledException && !cancellationToken.IsCancellationRequested)
        {
            // A visitor whose connection breaks is a finding too, and HttpClient tells its own timeout as a cancellation.
            return Answer.None(failure.Message);
        }
    }
}

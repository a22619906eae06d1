using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;

namespace EdgeHost.SystemTests.StoreFaults;

/// <summary>Stands before a real S3 engine, lets everything through as it is (signatures hold for the host that was asked), breaks what a test wants broken, and counts who asks for which blob.</summary>
internal sealed class FaultyGateway(string engine) : IAsyncDisposable
{
    private static readonly TimeSpan Late = TimeSpan.FromSeconds(2);

    private readonly HttpClient http = new(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false, PooledConnectionIdleTimeout = TimeSpan.FromSeconds(1) });
    private readonly ConcurrentDictionary<string, ConcurrentQueue<long>> blobs = new(StringComparer.Ordinal);
    private readonly int port = Ports.Free();
    private WebApplication? app;
    private volatile StoreFault fault;

    public string Endpoint => string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}");

    /// <summary>When each blob was asked for since the last <see cref="Forget"/>.</summary>
    public IReadOnlyList<IReadOnlyList<long>> Asked => [.. blobs.Values.Select(times => times.Order().ToList())];

    public void Forget() => blobs.Clear();

    public async Task SetAsync(StoreFault next)
    {
        fault = next;
        if (next == StoreFault.Down)
        {
            await StopAsync();
        }
        else if (app is null)
        {
            await StartAsync();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        http.Dispose();
    }

    private async Task StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls(Endpoint);
        builder.Logging.ClearProviders();
        app = builder.Build();
        app.Run(AnswerAsync);
        await app.StartAsync();
    }

    private async Task StopAsync()
    {
        if (app is { } running)
        {
            app = null;
            // Connections that are open end now.
            await running.StopAsync(new CancellationToken(canceled: true));
            await running.DisposeAsync();
        }
    }

    private async Task AnswerAsync(HttpContext context)
    {
        var target = context.Features.Get<IHttpRequestFeature>()!.RawTarget;
        var isBlob = target.Contains("/blobs/", StringComparison.Ordinal);
        if (isBlob)
        {
            blobs.GetOrAdd(target, _ => new ConcurrentQueue<long>()).Enqueue(Stopwatch.GetTimestamp());
        }

        switch (fault)
        {
            case StoreFault.Denied:
                await RefuseAsync(context, 403, "AccessDenied");
                return;
            case StoreFault.Failing:
                await RefuseAsync(context, 500, "InternalError");
                return;
            case StoreFault.Slow:
                await Wait.ForAsync(Late, context.RequestAborted);
                break;
        }

        await ForwardAsync(context, target, isBlob ? fault : StoreFault.None);
    }

    private static Task RefuseAsync(HttpContext context, int status, string code)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/xml";
        return context.Response.WriteAsync($"<?xml version=\"1.0\" encoding=\"UTF-8\"?><Error><Code>{code}</Code><Message>as a test wants it</Message></Error>", context.RequestAborted);
    }

    private async Task ForwardAsync(HttpContext context, string target, StoreFault how)
    {
        using var request = new HttpRequestMessage(new HttpMethod(context.Request.Method), new Uri(engine.TrimEnd('/') + target));
        request.Content = context.Request.ContentLength is > 0 ? new StreamContent(context.Request.Body) : null;
        foreach (var (name, value) in context.Request.Headers.Where(header => header.Key is not ("Connection" or "Expect" or "Transfer-Encoding")))
        {
            if (!request.Headers.TryAddWithoutValidation(name, (IEnumerable<string>)value!))
            {
                request.Content?.Headers.TryAddWithoutValidation(name, (IEnumerable<string>)value!);
            }
        }

        using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, context.RequestAborted);
        var body = await response.Content.ReadAsByteArrayAsync(context.RequestAborted);
        context.Response.StatusCode = (int)response.StatusCode;
        foreach (var (name, values) in response.Headers.Concat(response.Content.Headers).Where(header => header.Key is not ("Connection" or "Transfer-Encoding" or "Content-Length")))
        {
            context.Response.Headers[name] = values.ToArray();
        }

        context.Response.ContentLength = context.Request.Method == "HEAD" ? response.Content.Headers.ContentLength : body.Length;
        if (how == StoreFault.Cut)
        {
            await context.Response.Body.WriteAsync(body.AsMemory(0, body.Length / 2), context.RequestAborted);
            await context.Response.Body.FlushAsync(context.RequestAborted);
            // So that the other side has seen its beginning: a connection that is reset before that was no answer, and is asked again on another by every HTTP client.
            await Wait.ForAsync(TimeSpan.FromMilliseconds(50), context.RequestAborted);
            context.Abort();
            return;
        }

        if (how == StoreFault.Wrong)
        {
            body[^1] ^= 1;
        }

        await context.Response.Body.WriteAsync(body, context.RequestAborted);
    }
}

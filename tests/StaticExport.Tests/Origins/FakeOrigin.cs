using System.Collections.Concurrent;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace StaticExport.Tests.Origins;

/// <summary>A platform on a real Kestrel: pages by path and query, anything else is its 404 page; it can die.</summary>
internal sealed class FakeOrigin : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly ConcurrentDictionary<string, RequestDelegate> pages = new(StringComparer.Ordinal);

    private FakeOrigin(WebApplication app) => this.app = app;

    public ConcurrentQueue<SeenRequest> Seen { get; } = new();

    public Uri Url => new(app.Urls.Single());

    /// <summary>Answers before any page does, when set; returns whether it did.</summary>
    public Func<HttpContext, Task<bool>>? First { get; set; }

    /// <summary>After so many answers the origin drops connections without an answer. Default: never.</summary>
    public int DiesAfter { get; set; } = int.MaxValue;

    public RequestDelegate NotFound { get; set; } = context => WriteAsync(context, 404, "text/html; charset=utf-8", "<html><body>No such page. <a href='/'>Home</a></body></html>");

    public static async Task<FakeOrigin> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var origin = new FakeOrigin(app);
        app.Run(origin.AnswerAsync);
        await app.StartAsync();
        return origin;
    }

    public FakeOrigin Html(string target, string html) => Page(target, context => WriteAsync(context, 200, "text/html; charset=utf-8", html));

    public FakeOrigin Text(string target, string type, string text) => Page(target, context => WriteAsync(context, 200, type, text));

    public FakeOrigin Status(string target, int status, string body = "") => Page(target, context => WriteAsync(context, status, "text/html", body));

    public FakeOrigin Redirect(string target, string location, int status = 302) => Page(target, context =>
    {
        context.Response.Headers.Location = location;
        return WriteAsync(context, status, "text/html", "moved");
    });

    public FakeOrigin Page(string target, RequestDelegate answer)
    {
        pages[target] = answer;
        return this;
    }

    public IEnumerable<string> TargetsSeen => Seen.Select(request => request.Target);

    public async ValueTask DisposeAsync()
    {
        await app.StopAsync(new CancellationToken(canceled: true));
        await app.DisposeAsync();
    }

    public static async Task WriteAsync(HttpContext context, int status, string type, string body)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = type;
        await context.Response.Body.WriteAsync(Encoding.UTF8.GetBytes(body));
    }

    private async Task AnswerAsync(HttpContext context)
    {
        var target = context.Features.Get<IHttpRequestFeature>()!.RawTarget;
        Seen.Enqueue(new SeenRequest(target, context.Request.Headers.ToDictionary(header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase)));
        if (Seen.Count > DiesAfter)
        {
            context.Abort();
            return;
        }

        if (First is not null && await First(context))
        {
            return;
        }

        await (pages.GetValueOrDefault(target) ?? NotFound)(context);
    }
}

internal sealed record SeenRequest(string Target, IReadOnlyDictionary<string, string> Headers);

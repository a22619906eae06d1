using System.Net.Mime;

namespace EdgeHost.Peers;

/// <summary>Kestrel with one middleware that writes a page from memory: what no server on Kestrel can do with less.</summary>
internal static class PagePeer
{
    public static async Task RunAsync(string url, FileInfo file, CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls(url);
        await using var app = builder.Build();
        var page = await File.ReadAllBytesAsync(file.FullName, cancellationToken);
        app.Run(context =>
        {
            var response = context.Response;
            response.ContentType = MediaTypeNames.Text.Html;
            response.ContentLength = page.Length;
            return response.Body.WriteAsync(page, context.RequestAborted).AsTask();
        });
        await app.RunAsync(cancellationToken);
    }
}

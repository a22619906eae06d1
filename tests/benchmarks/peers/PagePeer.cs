using System.Net.Mime;

namespace EdgeHost.Peers;

/// <summary>Kestrel with one middleware that writes a page from memory: what no server on Kestrel can do with less.</summary>
internal static class PagePeer
{
    public static async Task RunAsync(string url, FileInfo file, string[] headers, CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls(url);
        await using var app = builder.Build();
        var page = await File.ReadAllBytesAsync(file.FullName, cancellationToken);
        var more = headers.Select(header => header.Split(": ", 2)).Select(parts => (Name: parts[0], Value: parts[1])).ToArray();
        app.Run(context =>
        {
            var response = context.Response;
            response.ContentType = MediaTypeNames.Text.Html;
            response.ContentLength = page.Length;
            foreach (var (name, value) in more)
            {
                response.Headers[name] = value;
            }

            return response.Body.WriteAsync(page, context.RequestAborted).AsTask();
        });
        await app.RunAsync(cancellationToken);
    }
}

using System.Net;
using Yarp.ReverseProxy.Forwarder;

namespace EdgeHost.Peers;

/// <summary>The least that a reverse proxy of YARP's forwarder is: the client that its documentation shows, its default transformer, nothing else.</summary>
internal static class ForwardingPeer
{
    public static async Task RunAsync(string url, string origin, string? logDirectory, CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls(url);
        builder.Services.AddHttpForwarder();
        if (logDirectory is not null)
        {
            builder.Services.AddW3CLogging(log => log.LogDirectory = logDirectory);
        }

        await using var app = builder.Build();
        if (logDirectory is not null)
        {
            app.UseW3CLogging();
        }

        using var client = new HttpMessageInvoker(new SocketsHttpHandler
        {
            UseProxy = false,
            AllowAutoRedirect = false,
            AutomaticDecompression = DecompressionMethods.None,
            UseCookies = false,
            EnableMultipleHttp2Connections = true,
            ActivityHeadersPropagator = null,
        });
        var forwarder = app.Services.GetRequiredService<IHttpForwarder>();
        app.Run(async context => await forwarder.SendAsync(context, origin, client, ForwarderRequestConfig.Empty, HttpTransformer.Default));
        await app.RunAsync(cancellationToken);
    }
}

using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace EdgeHost.Tests.Requests;

/// <summary>What <see cref="EdgeHost.Requests.KeptFeatures"/> relies on: Kestrel's features of a connection, and of a stream, which it uses again, are the same objects at each request.</summary>
public sealed class ServerFeaturesTests
{
    // What a context, its request, its response and its connection keep of them.
    private static readonly Type[] Kept =
    [
        typeof(IHttpRequestFeature), typeof(IHttpResponseFeature), typeof(IHttpResponseBodyFeature), typeof(IHttpConnectionFeature), typeof(IHttpRequestLifetimeFeature),
        typeof(IHttpRequestIdentifierFeature), typeof(IRequestBodyPipeFeature), typeof(IRouteValuesFeature),
    ];

    private readonly ConcurrentDictionary<IFeatureCollection, ConcurrentBag<object?[]>> seen = new(ReferenceEqualityComparer.Instance);

    [Theory]
    [InlineData(HttpProtocols.Http1, "1.1")]
    [InlineData(HttpProtocols.Http2, "2.0")]
    public async Task Are_the_same_at_each_request(HttpProtocols protocols, string version)
    {
        var cancel = TestContext.Current.CancellationToken;
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = protocols));
        await using var app = builder.Build();
        app.Run(AnswerAsync);
        await app.StartAsync(cancel);
        using var client = new HttpClient { BaseAddress = new Uri(app.Urls.Single()), DefaultRequestVersion = Version.Parse(version), DefaultVersionPolicy = HttpVersionPolicy.RequestVersionExact };

        for (var n = 0; n < 10; n++)
        {
            using var response = n % 2 == 0 ? await client.GetAsync(new Uri("/", UriKind.Relative), cancel) : await client.PostAsync(new Uri("/", UriKind.Relative), new StringContent("posted"), cancel);
            Assert.Equal("answered", await response.Content.ReadAsStringAsync(cancel));
        }

        // The connection's, or the stream's, of which there may be more than one.
        Assert.Contains(seen.Values, requests => requests.Count > 3);
        Assert.All(seen.Values, requests => Assert.All(requests, features => Assert.Equal(requests.First(), features)));
        Assert.All(seen.Values, requests => Assert.DoesNotContain(null, requests.First()));
    }

    private Task AnswerAsync(HttpContext context)
    {
        seen.GetOrAdd(context.Features, _ => []).Add([.. Kept.Select(type => context.Features[type])]);
        return context.Response.WriteAsync("answered", context.RequestAborted);
    }
}

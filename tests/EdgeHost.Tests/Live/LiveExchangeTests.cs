using EdgeHost.Clients;
using EdgeHost.Decisions;
using EdgeHost.Health;
using EdgeHost.Live;
using EdgeHost.Origins;
using Microsoft.AspNetCore.Http;

namespace EdgeHost.Tests.Live;

public sealed class LiveExchangeTests
{
    [Theory]
    [InlineData("https://10.0.0.5", "WWW.Nova.Example", "www.nova.example")]
    [InlineData("https://10.0.0.5", "www.nova.example:8443", "www.nova.example:8443")]
    [InlineData("http://10.0.0.5", "WWW.Nova.Example", "WWW.Nova.Example")]
    public async Task However_a_host_is_spelt_TLS_has_one_name_for_it(string address, string host, string sent)
    {
        using var client = new OriginClient(TimeSpan.FromSeconds(1), TimeProvider.System);
        using var origin = new Origin("platform", new Uri(address), new OriginOptions(), Some.Health(), client, TimeProvider.System);
        var exchange = new LiveExchange
        {
            Origin = origin,
            Target = Some.Target("/"),
            Client = new ClientAddress(null, "https", "192.0.2.1"),
            LoopId = "edgehost",
            DecisionHeader = false,
            Call = new OriginCall(),
            Decision = new Decision(DecisionKind.Live, DecisionReason.OriginUsable),
        };
        var context = new DefaultHttpContext();
        context.Request.Method = "GET";
        context.Request.Headers.Host = host;
        using var request = new HttpRequestMessage();

        await exchange.TransformRequestAsync(context, request, origin.Prefix, TestContext.Current.CancellationToken);

        Assert.Equal(sent, request.Headers.Host);
        Assert.Equal($"{address}/", request.RequestUri!.OriginalString);
    }
}

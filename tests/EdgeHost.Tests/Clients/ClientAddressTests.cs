using System.Net;
using EdgeHost.Clients;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace EdgeHost.Tests.Clients;

public sealed class ClientAddressTests
{
    private static readonly TrustedProxies Proxies = new(["10.0.0.0/8", "192.0.2.7", "2001:db8::/32"]);

    [Theory]
    [InlineData("10.1.2.3", true)]
    [InlineData("11.1.2.3", false)]
    [InlineData("192.0.2.7", true)]
    [InlineData("192.0.2.8", false)]
    [InlineData("::ffff:10.1.2.3", true)]
    [InlineData("::ffff:11.1.2.3", false)]
    [InlineData("2001:db8::1", true)]
    [InlineData("2001:db9::1", false)]
    [InlineData("::1", false)]
    public void Trusts_what_is_configured(string address, bool trusted) => Assert.Equal(trusted, Proxies.Trusts(IPAddress.Parse(address)));

    [Fact]
    public void Trusts_nobody_by_default()
    {
        Assert.False(new TrustedProxies([]).Trusts(IPAddress.Loopback));
        Assert.False(Proxies.Trusts(null));
    }

    [Theory]
    // A stranger may say what he likes.
    [InlineData("203.0.113.9", "6.6.6.6", "https", "203.0.113.9", "http", "203.0.113.9")]
    [InlineData("::ffff:203.0.113.9", null, null, "203.0.113.9", "http", "203.0.113.9")]
    // A trusted proxy appends whom it saw; what stands further left is the client's to invent.
    [InlineData("10.0.0.1", "203.0.113.9", "https", "203.0.113.9", "https", "203.0.113.9, 10.0.0.1")]
    [InlineData("::ffff:10.0.0.1", "203.0.113.9", "https", "203.0.113.9", "https", "203.0.113.9, 10.0.0.1")]
    [InlineData("10.0.0.1", "6.6.6.6, 203.0.113.9", "https", "203.0.113.9", "https", "6.6.6.6, 203.0.113.9, 10.0.0.1")]
    [InlineData("10.0.0.1", "6.6.6.6, 203.0.113.9, 10.0.0.2", "https", "203.0.113.9", "https", "6.6.6.6, 203.0.113.9, 10.0.0.2, 10.0.0.1")]
    [InlineData("10.0.0.1", "2001:db9::5", "HTTPS", "2001:db9::5", "https", "2001:db9::5, 10.0.0.1")]
    [InlineData("10.0.0.1", "10.0.0.2, 10.0.0.3", "http", "10.0.0.1", "http", "10.0.0.2, 10.0.0.3, 10.0.0.1")]
    [InlineData("10.0.0.1", "203.0.113.9, unknown", "http", "10.0.0.1", "http", "203.0.113.9, unknown, 10.0.0.1")]
    [InlineData("10.0.0.1", null, null, "10.0.0.1", "http", "10.0.0.1")]
    [InlineData("10.0.0.1", "203.0.113.9", "gopher", "203.0.113.9", "http", "203.0.113.9, 10.0.0.1")]
    [InlineData("10.0.0.1", "203.0.113.9", "https,http", "203.0.113.9", "http", "203.0.113.9, 10.0.0.1")]
    [InlineData("10.0.0.1", " , 203.0.113.9 ,, ", "", "203.0.113.9", "http", " , 203.0.113.9 ,, , 10.0.0.1")]
    public void Is_the_connections_or_a_trusted_proxys_word(string peer, string? chain, string? proto, string address, string scheme, string forwardedFor)
    {
        var client = ClientAddress.Of(Context(peer, chain, proto), Proxies);

        Assert.Equal(IPAddress.Parse(address), client.Address);
        Assert.Equal(scheme, client.Scheme);
        Assert.Equal(forwardedFor, client.ForwardedFor);
    }

    [Fact]
    public void Several_lines_are_one_chain()
    {
        var context = Context("10.0.0.1", null, null);
        context.Request.Headers["X-Forwarded-For"] = new StringValues(["6.6.6.6", "203.0.113.9"]);

        Assert.Equal("6.6.6.6, 203.0.113.9, 10.0.0.1", ClientAddress.Of(context, Proxies).ForwardedFor);
    }

    [Fact]
    public void A_peer_without_an_address_is_unknown()
    {
        var client = ClientAddress.Of(new DefaultHttpContext { Request = { Scheme = "http" } }, Proxies);

        Assert.Equal((null, "unknown"), (client.Address, client.ForwardedFor));
    }

    private static DefaultHttpContext Context(string peer, string? chain, string? proto)
    {
        var context = new DefaultHttpContext { Request = { Scheme = "http" }, Connection = { RemoteIpAddress = IPAddress.Parse(peer) } };
        context.Request.Headers["X-Forwarded-For"] = chain;
        context.Request.Headers["X-Forwarded-Proto"] = proto;
        return context;
    }
}

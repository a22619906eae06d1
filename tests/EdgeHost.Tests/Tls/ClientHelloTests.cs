using EdgeHost.Tls;

namespace EdgeHost.Tests.Tls;

public sealed class ClientHelloTests
{
    [Fact]
    public void Tells_whether_the_newest_version_is_among_those_that_are_offered()
    {
        Assert.False(ClientHello.OffersTls13(TlsHello.Of(0x0303, "nova.example")));
        // GREASE first, as Chrome sends it (RFC 8701).
        Assert.True(ClientHello.OffersTls13(TlsHello.Of(0x0303, "nova.example", 0x3a3a, 0x0304, 0x0303)));
        Assert.False(ClientHello.OffersTls13(TlsHello.Of(0x0303, "nova.example", 0x0303, 0x0302)));
    }

    [Fact]
    public void Takes_anything_that_anybody_sends()
    {
        var hello = TlsHello.Of(0x0303, "nova.example", 0x0304);
        var random = new Random(1);
        for (var length = 0; length < hello.Length; length++)
        {
            Assert.False(ClientHello.OffersTls13(hello.AsSpan(0, length)));
        }

        for (var i = 0; i < 100_000; i++)
        {
            var broken = (byte[])hello.Clone();
            broken[random.Next(broken.Length)] = (byte)random.Next(256);
            broken[random.Next(broken.Length)] = (byte)random.Next(256);
            _ = ClientHello.OffersTls13(broken.AsSpan(0, random.Next(broken.Length + 1)));
        }
    }
}

using System.Net;
using EdgeHost.Clients;
using EdgeHost.Health;

namespace EdgeHost.Tests.Clients;

public sealed class VisitorNetworkTests
{
    [Theory]
    [InlineData("192.0.2.1", "192.0.2.1", true)]
    [InlineData("192.0.2.1", "192.0.2.2", false)]
    [InlineData("192.0.2.1", "198.51.100.1", false)]
    // One household's addresses, which it may change as often as it likes; and the neighbour's.
    [InlineData("2001:db8:1:2::1", "2001:db8:1:2::2", true)]
    [InlineData("2001:db8:1:2::", "2001:db8:1:2:ffff:ffff:ffff:ffff", true)]
    [InlineData("2001:db8:1:2::1", "2001:db8:1:3::1", false)]
    [InlineData("2001:db8:1:2::1", "2001:db9:1:2::1", false)]
    [InlineData(null, null, true)]
    [InlineData(null, "192.0.2.1", false)]
    public void Tells_networks_apart(string? one, string? other, bool isSame) => Assert.Equal(isSame, Of(one) == Of(other));

    [Fact]
    public void Many_visitors_are_many()
    {
        var networks = Enumerable.Range(0, 1000).SelectMany(i => new[] { Of($"198.51.{i / 250}.{i % 250}"), Of($"2001:db8:0:{i:x}::1") }).ToList();

        Assert.InRange(networks.Distinct().Count(), networks.Count - 1, networks.Count);
    }

    [Fact]
    public void None_is_taken_for_the_edge() =>
        Assert.All([null, "0.0.0.0", "::", .. Enumerable.Range(0, 1000).Select(i => $"192.0.{i / 250}.{i % 250}")], address => Assert.NotEqual(HealthEvidence.Ourselves, Of(address)));

    private static int Of(string? address) => VisitorNetwork.Of(new ClientAddress(address is null ? null : IPAddress.Parse(address), "http", ""));
}

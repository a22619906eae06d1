using System.Net;
using EdgeHost.Clients;

namespace EdgeHost.Tests.Clients;

public sealed class VisitorShareTests
{
    [Fact]
    public void Spreads_visitors_and_sites_evenly()
    {
        var shares = Enumerable.Range(0, 200).SelectMany(visitor => Enumerable.Range(0, 50).Select(site => Of($"192.0.2.{visitor}", $"site{site}"))).ToList();

        Assert.All(shares, share => Assert.InRange(share, 0, 99));
        foreach (var percent in new[] { 1, 5, 25 })
        {
            Assert.InRange(shares.Count(share => share < percent), percent * 70, percent * 130);
        }

        // A visitor is not early on all sites, and a site not early for all visitors.
        Assert.InRange(Enumerable.Range(0, 50).Select(site => Of("192.0.2.7", $"site{site}")).Distinct().Count(), 25, 50);
    }

    [Fact]
    public void Is_the_same_on_every_edge_and_after_a_restart()
    {
        Assert.Equal([85, 47, 49], [Of("192.0.2.1", "nova"), Of("2001:db8::1", "nova"), Of(null, "nova")]);
        Assert.Equal(Of("192.0.2.1", "nova"), Of("192.0.2.1", "nova"));
    }

    private static int Of(string? address, string site) => VisitorShare.Of(new ClientAddress(address is null ? null : IPAddress.Parse(address), "http", ""), site);
}

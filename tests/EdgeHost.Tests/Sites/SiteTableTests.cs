using EdgeHost.Configuration;
using EdgeHost.Sites;
using EdgeHost.SnapshotStore.Sites;

namespace EdgeHost.Tests.Sites;

public sealed class SiteTableTests
{
    private readonly SiteTable table = new(
        new EdgeOptions(),
        [],
        [Some.Site("nova", "www.nova.example", "nova.example"), Some.Site("shop", "shop.nova.example"), Some.Site("wild", "wild.example", "*.nova.example", "*.co.example")]);

    [Fact]
    public void A_hundred_thousand_hosts_are_each_found_and_looking_takes_no_memory()
    {
        var any = Some.Site();
        var sites = Enumerable.Range(0, 10_000).Select(n => any with
        {
            Id = SiteId.Parse($"site-{n}"),
            Hosts = [.. Enumerable.Range(0, 10).Select(host => new HostPattern(HostName.Parse($"{(host == 0 ? "www" : $"alias{host}")}.site-{n}.example"), AnyLabel: host == 9))],
        }).ToArray();
        var large = new SiteTable(new EdgeOptions(), [], [.. sites]);
        var names = sites.SelectMany(site => site.Hosts.Select(host => (Name: host.AnyLabel ? $"Any.{host.Name}:8080" : $"{host.Name}", Site: site))).ToArray();
        Assert.Equal(100_000, names.Length);
        Assert.Same(sites[0], large.Find(names[0].Name, out _));
        var before = GC.GetAllocatedBytesForCurrentThread();

        var found = 0;
        foreach (var (name, site) in names)
        {
            found += ReferenceEquals(large.Find(name, out _), site) ? 1 : 0;
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.Equal(names.Length, found);
        Assert.Null(large.Find("www.site-10000.example", out _));
    }

    [Theory]
    [InlineData("www.nova.example", "nova")]
    [InlineData("WWW.NOVA.Example", "nova")]
    [InlineData("www.nova.example.", "nova")]
    [InlineData("www.nova.example:8080", "nova")]
    [InlineData("www.nova.example.:65535", "nova")]
    [InlineData("www.nova.example:", "nova")]
    [InlineData("nova.example", "nova")]
    [InlineData("shop.nova.example", "shop")]
    [InlineData("SHOP.nova.example.:1", "shop")]
    [InlineData("other.nova.example", "wild")]
    [InlineData("Other.Nova.Example.:80", "wild")]
    [InlineData("a_b.nova.example", "wild")]
    [InlineData("a.b.nova.example", null)]
    [InlineData("co.example", null)]
    [InlineData("x.co.example", "wild")]
    [InlineData("example", null)]
    [InlineData("*.nova.example", "malformed")]
    [InlineData(".nova.example", "malformed")]
    [InlineData("nova.example..", "malformed")]
    [InlineData("a..nova.example", "malformed")]
    [InlineData("", "malformed")]
    [InlineData(".", "malformed")]
    [InlineData(":80", "malformed")]
    [InlineData("www.nova.example:80:80", "malformed")]
    [InlineData("www.nova.example:65536", "malformed")]
    [InlineData("www.nova.example:x", "malformed")]
    [InlineData("user@www.nova.example", "malformed")]
    [InlineData("[::1]", "malformed")]
    [InlineData("[::1]:80", "malformed")]
    [InlineData("www.nova.example/", "malformed")]
    [InlineData("www.nova.example\0", "malformed")]
    [InlineData(" www.nova.example", "malformed")]
    [InlineData("www.növa.example", "malformed")]
    public void Finds_the_site_of_a_host(string authority, string? expected)
    {
        var site = table.Find(authority, out var malformed);

        Assert.Equal(expected, malformed ? "malformed" : site?.IdText);
        Assert.True(site is null || !malformed);
    }

    [Fact]
    public void An_overlong_host_or_label_is_malformed()
    {
        Assert.Null(table.Find(new string('a', 64) + ".nova.example", out var malformed));
        Assert.True(malformed);
        Assert.NotNull(table.Find(new string('a', 63) + ".nova.example", out malformed));
        Assert.Null(table.Find(string.Join('.', Enumerable.Repeat(new string('a', 60), 5)), out malformed));
        Assert.True(malformed);
    }

    [Fact]
    public void Finds_a_site_by_its_id()
    {
        Assert.Equal("shop", table.Find(SiteId.Parse("shop"))?.IdText);
        Assert.Null(table.Find(SiteId.Parse("none")));
    }

    [Theory]
    [InlineData("www.example.org", "www.example.org")]
    [InlineData("WWW.Example.org.", "www.example.org")]
    [InlineData("*.example.org", "*.example.org")]
    [InlineData("*.EXAMPLE.org.", "*.example.org")]
    [InlineData("*", null)]
    [InlineData("*.", null)]
    [InlineData("*.*.example.org", null)]
    [InlineData("www.*.org", null)]
    [InlineData("*example.org", null)]
    [InlineData("", null)]
    public void Reads_patterns(string text, string? expected) => Assert.Equal(expected, HostPattern.TryParse(text, out var pattern) ? pattern.ToString() : null);
}

using System.IO.Compression;
using System.Text;
using StaticExport.LinkExtraction;
using StaticExport.Urls;
using Xunit;

namespace StaticExport.Tests.LinkExtraction;

public sealed class LinkReaderTests
{
    private static readonly WebUrl Url = new("https", "nova.example", 443, "/dir/page", null);

    [Fact]
    public void Unpacks_a_sitemap_that_is_a_gzip_file()
    {
        var links = LinkReader.Read(Url, LinkRole.Sitemap, "application/gzip", Gzip("<urlset><url><loc>https://nova.example/one</loc></url></urlset>"), out var fault);

        Assert.Null(fault);
        Assert.Equal("/one", Assert.Single(links).Url!.Target);
    }

    [Fact]
    public void Does_not_unpack_a_sitemap_without_end()
    {
        LinkReader.Read(Url, LinkRole.Sitemap, "application/gzip", Gzip(new string(' ', 70_000_000)), out var fault);

        Assert.Contains("unpacks to more", fault, StringComparison.Ordinal);
    }

    [Fact]
    public void Finds_links_below_elements_that_are_nested_deep()
    {
        var html = string.Concat(Enumerable.Repeat("<div>", 3000)) + "<a href=/deep>x</a>";

        Assert.Contains(LinkReader.Read(Url, LinkRole.Page, "text/html", Encoding.UTF8.GetBytes(html), out _), link => link.Url?.Target == "/deep");
    }

    [Fact]
    public void Expands_no_entities()
    {
        var xml = "<!DOCTYPE a [<!ENTITY a 'aaaaaaaaaa'><!ENTITY b '&a;&a;&a;&a;'>]><urlset><url><loc>https://nova.example/one</loc></url><url><loc>&b;</loc></url></urlset>";

        var links = LinkReader.Read(Url, LinkRole.Sitemap, "application/xml", Encoding.UTF8.GetBytes(xml), out var fault);

        Assert.Equal("/one", Assert.Single(links).Url!.Target);
        Assert.NotNull(fault);
    }

    [Theory]
    [InlineData("</styles/a.css>; rel=preload; as=style, </next>; rel=\"next\"", "Asset /styles/a.css|Page /next")]
    [InlineData("<https://cdn.example>; rel=preconnect", "")]
    public void Reads_link_headers(string header, string expected)
    {
        var links = new LinkCollector(Url);

        HeaderLinks.CollectLink(header, links);

        Assert.Equal(expected, string.Join('|', links.Links.Select(link => $"{link.Role} {link.Url!.Target}")));
    }

    [Theory]
    [InlineData("0;url=/x", "/x")]
    [InlineData("5; URL = '/x y'", "/x%20y")]
    [InlineData("5, /x", "/x")]
    [InlineData("5", null)]
    public void Reads_refreshes(string content, string? expected)
    {
        var links = new LinkCollector(Url);

        HeaderLinks.CollectRefresh(content, links);

        Assert.Equal(expected, links.Links.SingleOrDefault()?.Url!.Target);
    }

    private static byte[] Gzip(string text)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            gzip.Write(Encoding.UTF8.GetBytes(text));
        }

        return packed.ToArray();
    }
}

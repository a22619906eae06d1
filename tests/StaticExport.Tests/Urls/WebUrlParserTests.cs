using System.Text;
using StaticExport.Urls;
using Xunit;

namespace StaticExport.Tests.Urls;

/// <summary>Expectations as browsers have them (https://github.com/web-platform-tests/wpt/blob/master/url/resources/urltestdata.json).</summary>
public sealed class WebUrlParserTests
{
    private static readonly WebUrl Base = new("https", "nova.example", 443, "/a/b/c", "q=1");

    [Theory]
    [InlineData("d", "https://nova.example/a/b/d")]
    [InlineData("./d/", "https://nova.example/a/b/d/")]
    [InlineData("../d", "https://nova.example/a/d")]
    [InlineData("../../../../d", "https://nova.example/d")]
    [InlineData("..", "https://nova.example/a/")]
    [InlineData(".", "https://nova.example/a/b/")]
    [InlineData("/x/%2e%2E/y", "https://nova.example/y")]
    [InlineData("/x/.%2e/y/.", "https://nova.example/y/")]
    [InlineData("?", "https://nova.example/a/b/c?")]
    [InlineData("?x=1", "https://nova.example/a/b/c?x=1")]
    [InlineData("", "https://nova.example/a/b/c?q=1")]
    [InlineData("//cdn.example/x", "https://cdn.example/x")]
    [InlineData("\\\\cdn.example\\x", "https://cdn.example/x")]
    [InlineData("\\x\\y", "https://nova.example/x/y")]
    [InlineData("http:///x.example/y", "http://x.example/y")]
    [InlineData("https:d", "https://nova.example/a/b/d")]
    [InlineData("http:d", "http://d/")]
    [InlineData("HTTPS://NOVA.Example:443", "https://nova.example/")]
    [InlineData("http://nova.example:443/", "http://nova.example:443/")]
    [InlineData("https://user:secret@nova.example/x", "https://nova.example/x")]
    [InlineData("  /x\n/y\t ", "https://nova.example/x/y")]
    [InlineData("/a b|c", "https://nova.example/a%20b|c")]
    [InlineData("/ü", "https://nova.example/%C3%BC")]
    [InlineData("/x?q='a'|b{c}", "https://nova.example/x?q=%27a%27|b{c}")]
    [InlineData("/x?q=a b\"<>ü", "https://nova.example/x?q=a%20b%22%3C%3E%C3%BC")]
    [InlineData("/x?y#z?w", "https://nova.example/x?y")]
    [InlineData("/100%", "https://nova.example/100%")]
    [InlineData("https://münchen.example/", "https://xn--mnchen-3ya.example/")]
    [InlineData("x//y", "https://nova.example/a/b/x//y")]
    public void Resolves_as_browsers_do(string link, string expected)
    {
        Assert.Equal(LinkForm.Web, WebUrlParser.Resolve(link, Base, null, out var url));
        Assert.Equal(expected, url!.ToString());
    }

    [Theory]
    [InlineData("mailto:a@nova.example", nameof(LinkForm.OtherScheme))]
    [InlineData("javascript:void(0)", nameof(LinkForm.OtherScheme))]
    [InlineData("java\nscript:void(0)", nameof(LinkForm.OtherScheme))]
    [InlineData("data:text/html,x", nameof(LinkForm.OtherScheme))]
    [InlineData("tel:+123", nameof(LinkForm.OtherScheme))]
    [InlineData("https://", nameof(LinkForm.Malformed))]
    [InlineData("https://a b/", nameof(LinkForm.Malformed))]
    [InlineData("https://nova.example:99999/", nameof(LinkForm.Malformed))]
    public void Knows_what_is_no_url_of_the_web(string link, string form) => Assert.Equal(form, WebUrlParser.Resolve(link, Base, null, out _).ToString());

    [Fact]
    public void Writes_a_query_in_the_documents_encoding()
    {
        WebUrlParser.Resolve("/suche/ü?q=ü", Base, Encoding.Latin1, out var url);

        Assert.Equal("/suche/%C3%BC?q=%FC", url!.Target);
    }
}

using EdgeHost.Management.Explaining;

namespace EdgeHost.Tests.Management;

public sealed class ExplainedUrlTests
{
    [Theory]
    [InlineData("http://www.nova.example", "http", "www.nova.example", "http://www.nova.example")]
    [InlineData("HTTPS://Nova.example:8443/a/../%61?q=1&r=2#part", "https", "Nova.example:8443", "https://Nova.example:8443/a/../%61?q=1&r=2")]
    [InlineData("http://nova.example?q=@", "http", "nova.example", "http://nova.example?q=@")]
    [InlineData("http://nova.example#a/b", "http", "nova.example", "http://nova.example")]
    [InlineData("http://bücher.example:80/größe?q=ä", "http", "xn--bcher-kva.example:80", "http://xn--bcher-kva.example:80/gr%C3%B6%C3%9Fe?q=%C3%A4")]
    [InlineData("http://ü..example/", "http", "%C3%BC..example", "http://%C3%BC..example/")]
    public void Is_what_a_browser_would_send_and_folds_nothing(string text, string scheme, string authority, string whole) =>
        Assert.Equal(new ExplainedUrl(scheme, authority, whole), ExplainedUrl.Of(text));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("/about")]
    [InlineData("www.nova.example/about")]
    [InlineData("ftp://www.nova.example/")]
    [InlineData("http:/www.nova.example/")]
    [InlineData("http://")]
    [InlineData("http:///about")]
    [InlineData("http://kim@www.nova.example/")]
    public void Is_absolute(string? text) => Assert.Null(ExplainedUrl.Of(text));
}

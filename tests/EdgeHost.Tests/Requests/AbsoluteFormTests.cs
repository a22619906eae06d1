using EdgeHost.Requests;

namespace EdgeHost.Tests.Requests;

public sealed class AbsoluteFormTests
{
    [Theory]
    [InlineData("/", "/")]
    [InlineData("/a?b=http://c", "/a?b=http://c")]
    [InlineData("//a", "//a")]
    [InlineData("http://www.nova.example/a?b", "/a?b")]
    [InlineData("https://www.nova.example:8443/", "/")]
    [InlineData("HTTP://www.nova.example", "/")]
    [InlineData("http://www.nova.example?q=/", "/?q=/")]
    [InlineData("http://www.nova.example/@", "/@")]
    [InlineData("http://user@www.nova.example/", null)]
    [InlineData("http://user:pw@www.nova.example", null)]
    [InlineData("httpx://www.nova.example/", null)]
    [InlineData("ftp://www.nova.example/", null)]
    [InlineData("http:/www.nova.example/", null)]
    [InlineData("http", null)]
    [InlineData("*", null)]
    [InlineData("www.nova.example:443", null)]
    [InlineData("", null)]
    public void Becomes_the_origin_form(string raw, string? expected) => Assert.Equal(expected, AbsoluteForm.ToOriginForm(raw));
}

using EdgeHost.Requests;
using Microsoft.AspNetCore.Http;

namespace EdgeHost.Tests.Requests;

public sealed class PageRequestTests
{
    [Theory]
    // Tools, and browsers from before Fetch Metadata.
    [InlineData("", true)]
    [InlineData("Accept: */*", true)]
    [InlineData("Accept: text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", true)]
    [InlineData("Accept: Text/HTML", true)]
    [InlineData("Sec-Fetch-Dest: document", true)]
    [InlineData("Sec-Fetch-Dest: iframe\nAccept: text/html", true)]
    [InlineData("Sec-Fetch-Mode: navigate\nCookie: a=b", true)]
    // A script's, for data at the page's own address.
    [InlineData("Accept: application/json", false)]
    [InlineData("Accept: text/vnd.turbo-stream.html", false)]
    [InlineData("Accept: image/avif,image/webp", false)]
    [InlineData("Sec-Fetch-Dest: empty\nAccept: */*", false)]
    [InlineData("Sec-Fetch-Dest: image", false)]
    [InlineData("Sec-Fetch-Dest: document\nAccept: application/json", false)]
    public void Is_a_whole_page_as_browsers_ask_for_it(string headers, bool isWhole)
    {
        Assert.Equal(isWhole, PageRequest.IsWhole(Headers(headers)));
        Assert.False(PageRequest.IsPart(Headers(headers)));
    }

    [Theory]
    [InlineData("X-Requested-With: XMLHttpRequest")]
    [InlineData("x-requested-with: XMLHttpRequest")]
    [InlineData("HX-Request: true")]
    [InlineData("X-Inertia: true")]
    [InlineData("Turbo-Frame: messages")]
    [InlineData("X-PJAX: true")]
    [InlineData("Range: bytes=0-99")]
    public void Is_a_part_where_a_script_says_so(string header)
    {
        var headers = Headers($"Sec-Fetch-Dest: document\nAccept: text/html\n{header}");

        Assert.True(PageRequest.IsPart(headers));
        Assert.False(PageRequest.IsWhole(headers));
    }

    private static HeaderDictionary Headers(string lines)
    {
        var headers = new HeaderDictionary();
        foreach (var line in lines.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            var colon = line.IndexOf(':', StringComparison.Ordinal);
            headers.Append(line[..colon], line[(colon + 1)..].Trim());
        }

        return headers;
    }
}

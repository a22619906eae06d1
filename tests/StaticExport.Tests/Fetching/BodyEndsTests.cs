using System.Text;
using StaticExport.Fetching;
using Xunit;

namespace StaticExport.Tests.Fetching;

public sealed class BodyEndsTests
{
    [Theory]
    [InlineData(1024 - 7, nameof(BodyEnd.Whole))]
    [InlineData(1024, nameof(BodyEnd.Cut))]
    public void Comments_behind_the_end_are_looked_past_within_its_bound(int behind, string expected) =>
        Assert.Equal(expected, BodyEnds.Of("text/html", Encoding.UTF8.GetBytes("<html></html>" + new string(' ', behind))).ToString());

    [Theory]
    [InlineData("text/html", "<html></html>", nameof(BodyEnd.Whole))]
    [InlineData("text/html; charset=utf-8", "<html></HTML> \n<!-- a --> <!-- b -->\n", nameof(BodyEnd.Whole))]
    [InlineData("text/html", "<html></body>", nameof(BodyEnd.Cut))]
    [InlineData("text/html", "", nameof(BodyEnd.Cut))]
    [InlineData("application/rss+xml", "<rss></rss>\n", nameof(BodyEnd.Whole))]
    [InlineData("image/svg+xml", " \r\n", nameof(BodyEnd.Cut))]
    [InlineData("image/svg+xml", "<svg><path d='M0", nameof(BodyEnd.Cut))]
    [InlineData("application/json", "{\"a\":1}", nameof(BodyEnd.Whole))]
    [InlineData("application/json", "{\"a\":1", nameof(BodyEnd.Cut))]
    [InlineData("image/gif", "GIF89a;", nameof(BodyEnd.Whole))]
    [InlineData("image/png", "PNG", nameof(BodyEnd.Cut))]
    [InlineData("text/css", ".a{}", nameof(BodyEnd.Unknown))]
    [InlineData(null, "abc", nameof(BodyEnd.Unknown))]
    public void Looks_at_the_end_of_what_has_one(string? type, string body, string expected) => Assert.Equal(expected, BodyEnds.Of(type, Encoding.UTF8.GetBytes(body)).ToString());
}

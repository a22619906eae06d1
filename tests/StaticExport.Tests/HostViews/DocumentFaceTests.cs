using System.Text;
using System.Text.RegularExpressions;
using EdgeHost.SnapshotStore.Sites;
using StaticExport.HostViews;
using StaticExport.Scoping;
using StaticExport.Volatility;
using Xunit;

namespace StaticExport.Tests.HostViews;

public sealed partial class DocumentFaceTests
{
    private static readonly SiteView[] Views =
    [
        new("https", new SiteAuthority(HostName.Parse("nova.example"), null)),
        new("http", new SiteAuthority(HostName.Parse("www.nova.example"), null)),
    ];

    [Theory]
    [InlineData("<html lang=en><title>T</title><h1>H</h1>", "<html lang=DE><title>T</title><h1>H</h1>", "language")]
    [InlineData("<html lang=en><title>Welcome</title>", "<html lang=en><title>Willkommen</title>", "title")]
    [InlineData("<h1>Welcome <b>all</b></h1>", "<h1>Willkommen</h1>", "first heading")]
    [InlineData("<title>T</title><p>token 1", "<title>T</title><p>token 2", null)]
    [InlineData("<h1>A\n  b</h1>", "<h1>A b</h1>", null)]
    [InlineData("<title>Home - nova.example</title><h1>https://NOVA.example/x</h1>", "<title>Home - www.nova.example</title><h1>http://www.nova.example/x</h1>", null)]
    [InlineData("<title>(12) Messages</title>", "<title>(13) Messages</title>", null)]
    public void Tells_documents_apart(string one, string other, string? difference) =>
        Assert.Equal(difference, Face(one).DifferenceTo(Face(other), Face(one), Views, new VolatilePatterns([Digits()])));

    [Fact]
    public void Does_not_count_what_differs_at_each_reading() =>
        Assert.Null(Face("<title>Tip: eat</title>").DifferenceTo(Face("<title>Tip: sleep</title>"), Face("<title>Tip: run</title>"), Views, VolatilePatterns.None));

    private static DocumentFace Face(string html) => DocumentFace.Of("text/html; charset=utf-8", Encoding.UTF8.GetBytes(html))!;

    [GeneratedRegex("[0-9]+")]
    private static partial Regex Digits();
}

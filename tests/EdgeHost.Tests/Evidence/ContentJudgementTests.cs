using EdgeHost.Evidence;
using EdgeHost.Snapshots;

namespace EdgeHost.Tests.Evidence;

public sealed class ContentJudgementTests
{
    private static readonly SiteSnapshot Snapshot = Some.Snapshot(new SnapshotDraft(1)
        .Page("/", Some.Home)
        .Page("/about", Some.Home)
        .Page("/news", Some.Home)
        .Asset("/price-list", "application/pdf", "%PDF")
        .Redirect("/old", 301, "/about")
        .Manifest);

    [Theory]
    [InlineData(200, "InBody")]
    [InlineData(204, "Unknown")]
    [InlineData(206, "Unknown")]
    [InlineData(300, "Unknown")]
    [InlineData(304, "Kept")]
    // To a browser these say that there is no such page, or not for it.
    [InlineData(401, "Lost")]
    [InlineData(403, "Lost")]
    [InlineData(404, "Lost")]
    [InlineData(410, "Lost")]
    [InlineData(451, "Lost")]
    // And these how it was asked for.
    [InlineData(400, "Unknown")]
    [InlineData(405, "Unknown")]
    [InlineData(406, "Unknown")]
    [InlineData(408, "Unknown")]
    [InlineData(421, "Unknown")]
    [InlineData(429, "Unknown")]
    [InlineData(431, "Unknown")]
    // Failures are counted as such.
    [InlineData(500, "Unknown")]
    [InlineData(503, "Unknown")]
    public void A_status_says(int status, string kind) => Assert.Equal((kind, 0), Judge(status, null, "/about"));

    [Theory]
    [InlineData("/about", true, "InBody")]
    [InlineData("/about", false, "Lost")]
    // Nothing to hold a body against.
    [InlineData("/old", true, "Unknown")]
    [InlineData("/price-list", true, "Unknown")]
    [InlineData("/price-list", false, "Unknown")]
    public void A_body_is_held_against_a_page(string page, bool isHtml, string kind) => Assert.Equal((kind, 0), Judge(200, null, page, isHtml));

    [Theory]
    [InlineData("/about", null, "Unknown")]
    // As it was exported.
    [InlineData("/old", "/about", "Kept")]
    [InlineData("/about", "/news", "Unknown")]
    [InlineData("/about", "http://www.nova.example/news", "Unknown")]
    [InlineData("/about", "https://www.nova.example/about", "Unknown")]
    [InlineData("/about", "//www.nova.example/about", "Unknown")]
    // To itself, for the sake of a cookie.
    [InlineData("/about", "/about", "Unknown")]
    [InlineData("/about", "about", "Unknown")]
    [InlineData("/about", "https://login.elsewhere.example/sign-in", "Lost")]
    [InlineData("/about", "//elsewhere.example/", "Lost")]
    // Nobody can say where these lead.
    [InlineData("/about", "mailto:info@nova.example", "Unknown")]
    [InlineData("/about", "http://", "Unknown")]
    public void A_redirect_says(string page, string? location, string kind)
    {
        foreach (var status in new[] { 301, 302, 303, 307, 308 })
        {
            Assert.Equal((kind, 0), Judge(status, location, page));
        }
    }

    [Theory]
    [InlineData("/login")]
    [InlineData("login")]
    [InlineData("/login?return=/about")]
    [InlineData("/login#form")]
    [InlineData("https://www.nova.example/login")]
    [InlineData("http://www.nova.example:8080/login")]
    public void A_redirect_to_what_the_snapshot_lacks_names_its_path(string location)
    {
        var (kind, leadsTo) = Judge(302, location, "/about");

        Assert.Equal("Lost", kind);
        Assert.NotEqual(0, leadsTo);
        Assert.Equal(Judge(302, "/login", "/news").LeadsTo, leadsTo);
        Assert.NotEqual(Judge(302, "/elsewhere", "/about").LeadsTo, leadsTo);
    }

    private static (string Kind, int LeadsTo) Judge(int status, string? location, string target, bool isHtml = true)
    {
        var page = new PageAddress("http", Some.Host, Some.Target(target));
        var found = ContentJudgement.Of(status, location, isHtml, page, Find(page)!, Some.Site().Has, other => Find(other) is not null);
        return (found.Kind.ToString(), found.LeadsTo);
    }

    private static SnapshotEntry? Find(PageAddress page) => Snapshot.Find(page.Scheme, page.Authority, page.Target, TimeProvider.System)?.Entry;
}

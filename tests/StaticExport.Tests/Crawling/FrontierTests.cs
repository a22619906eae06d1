using EdgeHost.SnapshotStore.Sites;
using EdgeHost.SnapshotStore.Targets;
using StaticExport.Crawling;
using StaticExport.LinkExtraction;
using StaticExport.Scoping;
using StaticExport.Urls;
using Xunit;

namespace StaticExport.Tests.Crawling;

public sealed class FrontierTests
{
    private static readonly SiteView View = new("https", new SiteAuthority(HostName.Parse("nova.example"), null));

    [Fact]
    public void Asks_once_for_links_of_one_key()
    {
        var frontier = Started(new CrawlLimits(), out var home);

        frontier.AddLink(Link("/x?b=1&a=2"), home, documentIsGone: false);
        frontier.AddLink(Link("/x?a=2&b=1&utm_source=m"), home, documentIsGone: false);

        Assert.True(frontier.TryNext(null, out var item));
        Assert.Equal(("/x?a=2&b=1", "/x?b=1&a=2", "/"), (item.Key, item.Request, item.FoundOn));
        Assert.False(frontier.TryNext(null, out _));
    }

    [Fact]
    public void Hands_out_nothing_deeper_before_what_is_above_is_done()
    {
        var frontier = Started(new CrawlLimits(), out var home);

        frontier.AddLink(Link("/below"), home, documentIsGone: false);

        Assert.False(frontier.TryNext(runningDepth: 0, out _));
        Assert.True(frontier.TryNext(runningDepth: 1, out _));
    }

    [Fact]
    public void Counts_steps_between_pages_and_not_to_what_they_are_made_of()
    {
        var frontier = Started(new CrawlLimits { MaxDepth = 0 }, out var home);

        frontier.AddLink(Link("/page"), home, documentIsGone: false);
        frontier.AddLink(Link("/site.css", LinkRole.Stylesheet), home, documentIsGone: false);

        Assert.True(frontier.TryNext(null, out var item));
        Assert.Equal(("/site.css", 0), (item.Key, item.Depth));
        Assert.Equal(("/page", SkipReason.TooDeep), (Assert.Single(frontier.Skipped).Url, frontier.Skipped.Single().Reason));
    }

    [Fact]
    public void Forgets_that_it_left_out_what_is_then_needed_by_a_page()
    {
        var frontier = Started(new CrawlLimits(), out var home, UrlPattern.TryParse("/blog*", out var blog, out _) ? blog : null!);

        frontier.AddLink(Link("/photo.jpg"), home, documentIsGone: false);
        Assert.Equal(SkipReason.NotIncluded, Assert.Single(frontier.Skipped).Reason);
        frontier.AddLink(Link("/photo.jpg", LinkRole.Asset), home, documentIsGone: false);

        Assert.Empty(frontier.Skipped);
        Assert.True(frontier.TryNext(null, out _));
    }

    [Fact]
    public void Lists_what_it_has_no_room_for()
    {
        var frontier = Started(new CrawlLimits { MaxPages = 2 }, out var home);

        frontier.AddLink(Link("/one"), home, documentIsGone: false);
        Assert.False(frontier.IsOverflowing);
        frontier.AddLink(Link("/two"), home, documentIsGone: false);

        Assert.True(frontier.IsOverflowing);
        Assert.Equal(("/two", SkipReason.Stopped), (frontier.Skipped.Single().Url, frontier.Skipped.Single().Reason));
    }

    [Fact]
    public void Ends_redirects_that_lead_on_for_ever()
    {
        var frontier = Started(new CrawlLimits(), out var item);
        for (var i = 1; i < 100; i++)
        {
            frontier.AddRedirect(View.UrlOf($"/r?n={i}"), item);
            if (!frontier.TryNext(null, out var next))
            {
                break;
            }

            item = next;
        }

        Assert.Equal(20, item.Redirects);
        Assert.Equal(SkipReason.TooManyRedirects, Assert.Single(frontier.Skipped).Reason);
    }

    private static Frontier Started(CrawlLimits limits, out CrawlItem home, params UrlPattern[] include)
    {
        var frontier = new Frontier(new SiteScope { Authorities = [View.Authority], Query = QueryPolicy.Default, Include = [.. include] }, limits);
        frontier.AddSeed(new Seed("/", LinkRole.Page, "(start)"), View);
        Assert.True(frontier.TryNext(null, out var first));
        home = first;
        return frontier;
    }

    private static FoundLink Link(string target, LinkRole role = LinkRole.Page) => new(target, LinkForm.Web, View.UrlOf(target), role);
}

using EdgeHost.SnapshotStore.Targets;
using StaticExport.Scoping;
using StaticExport.Urls;
using Xunit;

namespace StaticExport.Tests.Scoping;

public sealed class SiteScopeTests
{
    [Theory]
    [InlineData("https://nova.example/x", nameof(ScopeReason.InScope))]
    [InlineData("http://nova.example/x", nameof(ScopeReason.InScope))]
    [InlineData("https://www.nova.example/x", nameof(ScopeReason.InScope))]
    [InlineData("https://nova.example:8443/x", nameof(ScopeReason.OtherPort))]
    [InlineData("https://nova.example.evil.example/x", nameof(ScopeReason.OtherHost))]
    [InlineData("https://sub.nova.example/x", nameof(ScopeReason.OtherHost))]
    [InlineData("https://nova.example/100%", nameof(ScopeReason.BadTarget))]
    [InlineData("https://nova.example/a%00", nameof(ScopeReason.BadTarget))]
    public void Knows_the_sites_own_urls(string link, string reason) => Assert.Equal(reason, Decide(Scope(), link).Reason.ToString());

    [Theory]
    [InlineData("/wiki/*", "/wiki/x?y=1", true)]
    [InlineData("/wiki/*", "/wiki", false)]
    [InlineData("/wiki", "/wiki?x", false)]
    [InlineData("*.zip", "/files/a.zip", true)]
    [InlineData("*.zip", "/files/a.zip?x=1", false)]
    [InlineData("?do=*", "/x?a=1&do=edit", true)]
    [InlineData("?do=*", "/x?do=", true)]
    [InlineData("?do=*", "/x?undo=1", false)]
    [InlineData("?do=edit", "/x?do=editor", false)]
    [InlineData("?print", "/x?print", true)]
    [InlineData("re:page=\\d{3,}", "/x?page=1234", true)]
    [InlineData("re:page=\\d{3,}$", "/x?page=12", false)]
    [InlineData("/a.b", "/aXb", false)]
    public void Matches_patterns_on_path_and_query(string pattern, string target, bool matches) => Assert.Equal(matches, Pattern(pattern).Matches(target));

    [Theory]
    [InlineData("wiki/*")]
    [InlineData("?")]
    [InlineData("")]
    [InlineData("re:(")]
    [InlineData("re:(?!x)y")]
    public void Refuses_what_is_no_pattern(string pattern) => Assert.False(UrlPattern.TryParse(pattern, out _, out _));

    [Fact]
    public void Excludes_with_the_pattern_as_the_reason()
    {
        var decision = Decide(Scope() with { Exclude = [Pattern("*.zip"), Pattern("?do=*")] }, "https://nova.example/x?do=edit&a=1");

        Assert.Equal(new ScopeDecision(ScopeReason.Excluded, "?do=*"), decision);
    }

    [Fact]
    public void Includes_choose_among_pages_and_not_among_what_these_need()
    {
        var scope = Scope() with { Include = [Pattern("/blog*")] };

        Assert.Equal(ScopeReason.NotIncluded, Decide(scope, "https://nova.example/shop").Reason);
        Assert.Equal(ScopeReason.InScope, Decide(scope, "https://nova.example/blog/1").Reason);
        Assert.Equal(ScopeReason.InScope, Decide(scope, "https://nova.example/").Reason);
        Assert.Equal(ScopeReason.InScope, Decide(scope, "https://nova.example/site.css", isPage: false).Reason);
    }

    [Theory]
    [InlineData("/x?b=1&utm_source=m&a=2&&", "/x?b=1&a=2")]
    [InlineData("/x?utm_source=m&fbclid=1", "/x")]
    [InlineData("/x?", "/x")]
    [InlineData("/a%7Eb?x='1'", "/a~b?x='1'")]
    public void Asks_for_the_links_own_target_less_what_is_dropped(string link, string request)
    {
        Assert.True(RequestTarget.TryParse(link, out var target, out _));
        Assert.Equal(request, Scope().RequestFor(target));
    }

    private static SiteScope Scope() => new()
    {
        Authorities = [Authority("nova.example"), Authority("www.nova.example")],
        Query = QueryPolicy.Default,
    };

    private static SiteAuthority Authority(string text) => SiteAuthority.TryParse(text, out var authority) ? authority : throw new ArgumentException(text);

    private static UrlPattern Pattern(string text) => UrlPattern.TryParse(text, out var pattern, out var fault) ? pattern : throw new InvalidOperationException(fault);

    private static ScopeDecision Decide(SiteScope scope, string link, bool isPage = true)
    {
        Assert.Equal(LinkForm.Web, WebUrlParser.Resolve(link, null, null, out var url));
        return scope.Decide(url!, isPage, out _);
    }
}

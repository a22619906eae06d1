using EdgeHost.SnapshotStore.Manifests;
using EdgeHost.SnapshotStore.Sites;
using StaticExport.Capturing;
using StaticExport.Fetching;
using StaticExport.HostViews;
using StaticExport.Scoping;
using Xunit;

namespace StaticExport.Tests.HostViews;

public sealed class ViewDecisionTests
{
    private static readonly SiteView Canonical = new("https", new SiteAuthority(HostName.Parse("nova.example"), null));
    private static readonly SiteView Http = Canonical with { Scheme = "http" };

    [Fact]
    public void Finds_a_redirect_of_everything() =>
        Assert.Equal((HostRule.Redirect, 301, "https://nova.example"), Decide(("/", 301, "https://nova.example/"), ("/x?y=1", 301, "https://nova.example/x?y=1")));

    [Fact]
    public void Finds_entries_of_its_own_where_redirects_differ_in_status() =>
        Assert.Equal(HostRule.Own, Decide(("/", 301, "https://nova.example/"), ("/x", 302, "https://nova.example/x")).Rule);

    [Fact]
    public void Does_not_take_a_redirect_of_everything_to_the_home_page_for_the_same_target() =>
        Assert.Equal(HostRule.Own, Decide(("/", 301, "https://nova.example/"), ("/x", 301, "https://nova.example/")).Rule);

    [Fact]
    public void Finds_the_same_answers() => Assert.Equal(HostRule.Same, Decide(("/", 200, null), ("/x", 200, null)).Rule);

    [Fact]
    public void Finds_one_other_answer_enough_for_entries_of_its_own() => Assert.Equal(HostRule.Own, Decide(("/", 200, null), ("/x", 404, null)).Rule);

    [Fact]
    public void Finds_one_other_document_enough_for_entries_of_its_own()
    {
        var decision = ViewDecision.For(Canonical, Http, [new ViewProbe("/", Captured("/", 200, null), Answer(200, null)), new ViewProbe("/x", Captured("/x", 200, null), Answer(200, null), "title")]);

        Assert.Equal((HostRule.Own, "/x has another title here than on https://nova.example"), (decision.Rule, decision.Reason));
    }

    [Fact]
    public void Takes_redirects_to_the_same_page_of_each_view_for_the_same()
    {
        var decision = ViewDecision.For(Canonical, Http, [new ViewProbe("/old", Captured("/old", 301, "https://nova.example/new"), Answer(301, "http://nova.example/new"))]);

        Assert.Equal(HostRule.Same, decision.Rule);
    }

    [Fact]
    public void Looks_at_both_schemes_of_each_host_and_at_one_where_there_is_a_port()
    {
        var authorities = new[] { Canonical.Authority, new SiteAuthority(HostName.Parse("www.nova.example"), null), new SiteAuthority(HostName.Parse("alt.example"), 8443) };

        Assert.Equal(
            ["http://nova.example", "https://www.nova.example", "http://www.nova.example", "https://alt.example:8443"],
            ViewSurvey.OthersThan(Canonical, authorities).Select(view => view.ToString()));
    }

    private static (HostRule Rule, int? Status, string? To) Decide(params (string Target, int Status, string? Location)[] answers)
    {
        var decision = ViewDecision.For(Canonical, Http, [.. answers.Select(answer => new ViewProbe(answer.Target, Captured(answer.Target, 200, null), Answer(answer.Status, answer.Location)))]);
        return (decision.Rule, decision.RedirectStatus, decision.RedirectTo);
    }

    private static CapturedAnswer Captured(string key, int status, string? location) =>
        new() { Key = key, Status = status, Kind = EntryKind.Document, Location = location, CapturedAt = DateTimeOffset.UnixEpoch };

    private static FetchedAnswer Answer(int status, string? location) => new() { Status = status, Location = location, CapturedAt = DateTimeOffset.UnixEpoch };
}

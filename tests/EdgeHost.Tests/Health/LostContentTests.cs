using EdgeHost.Health;
using Microsoft.Extensions.Time.Testing;

namespace EdgeHost.Tests.Health;

public sealed class LostContentTests
{
    private const int Home = 0;
    private const int ManyPages = 1000;

    private static readonly HealthRules Rules = new();

    private readonly FakeTimeProvider clock = new(Some.Time);
    private readonly LostContent content;

    public LostContentTests() => content = new LostContent(clock);

    [Theory]
    [InlineData(4, ManyPages, false)]
    [InlineData(5, ManyPages, true)]
    [InlineData(4, 5, false)]
    // A site of three pages can't lose five.
    [InlineData(2, 3, false)]
    [InlineData(3, 3, true)]
    [InlineData(1, 1, true)]
    public void So_many_pages_make_it_lost(int lost, int documents, bool isLost)
    {
        for (var path = 0; path < lost; path++)
        {
            Lose(path, documents);
            LoseToEdge(path, documents);
        }

        Assert.Equal((isLost, lost, lost), (content.Current.IsLost, content.Current.LostPaths, content.Current.LookedPaths));
    }

    [Theory]
    [InlineData(4, 3, true)]
    [InlineData(4, 2, false)]
    [InlineData(3, 4, false)]
    [InlineData(0, 50, false)]
    [InlineData(50, 0, false)]
    [InlineData(50, 2, false)]
    [InlineData(50, 3, true)]
    public void Visitors_raise_the_suspicion_and_the_edge_convicts(int byVisitors, int byEdge, bool isLost)
    {
        for (var path = 0; path < byVisitors; path++)
        {
            Lose(100 - path);
        }

        for (var path = 0; path < byEdge; path++)
        {
            LoseToEdge(path);
        }

        Assert.Equal(isLost, content.Current.IsLost);
    }

    [Fact]
    public void Without_the_home_page_nothing_is_lost()
    {
        for (var path = 1; path <= 100; path++)
        {
            Assert.False(Lose(path));
            Assert.False(LoseToEdge(path));
        }

        Assert.False(Lose(Home));
        Assert.True(LoseToEdge(Home));
    }

    [Theory]
    [InlineData(5, true)]
    [InlineData(6, false)]
    public void Half_of_what_visitors_asked_for_is_enough(int kept, bool isLost)
    {
        for (var path = 0; path < 4; path++)
        {
            Lose(path);
            LoseToEdge(path);
        }

        for (var path = 100; path < 100 + kept; path++)
        {
            content.Add(Look(path) with { IsLost = false }, Rules, ManyPages);
        }

        Assert.Equal(isLost, Lose(4));
    }

    [Theory]
    [InlineData(3, true)]
    [InlineData(4, false)]
    public void Half_of_what_the_edge_asked_for_is_enough(int kept, bool isLost)
    {
        LoseAll(10, byEdge: 2);
        for (var path = 100; path < 100 + kept; path++)
        {
            content.Add(Look(path) with { IsLost = false, IsOwn = true }, Rules, ManyPages);
        }

        Assert.Equal(isLost, LoseToEdge(5));
    }

    [Theory]
    [InlineData(new[] { 0, 0, 0, 0, 0 }, 5)]
    [InlineData(new[] { 7, 7, 7, 7, 7 }, 5)]
    // Pages that have moved, each to one of its own.
    [InlineData(new[] { 1, 2, 3, 4, 5 }, 1)]
    [InlineData(new[] { 7, 7, 7, 8, 8 }, 3)]
    [InlineData(new[] { 0, 0, 7, 7, 7 }, 5)]
    [InlineData(new[] { 0, 0, 7, 8, 9 }, 3)]
    public void Redirects_count_when_they_lead_to_one_and_the_same_page(int[] leadTo, int lostPaths)
    {
        for (var path = 0; path < leadTo.Length; path++)
        {
            content.Add(Look(path) with { LeadsTo = leadTo[path] }, Rules, ManyPages);
            content.Add(Look(path) with { LeadsTo = leadTo[path], IsOwn = true }, Rules, ManyPages);
        }

        Assert.Equal((lostPaths >= 5, lostPaths), (content.Current.IsLost, content.Current.LostPaths));
    }

    [Theory]
    [InlineData(59.999, true)]
    [InlineData(60, false)]
    public void A_suspicion_that_is_not_confirmed_is_forgotten_after_a_minute(double seconds, bool isLost)
    {
        LoseAll(4, byEdge: 3);
        clock.Advance(TimeSpan.FromSeconds(seconds));
        Lose(4);

        Assert.Equal((isLost, isLost ? 5 : 1), (content.Current.IsLost, content.Current.LostPaths));
    }

    [Fact]
    public void What_is_lost_stays_so_whatever_visitors_get_until_the_edge_finds_the_home_page()
    {
        LoseAll(5, byEdge: 3);
        clock.Advance(TimeSpan.FromDays(1));
        for (var path = 0; path < 5; path++)
        {
            Assert.Equal((false, true), content.Add(Look(path) with { IsLost = false }, Rules, ManyPages));
        }

        Assert.Equal((true, Some.Time), (content.Current.IsLost, content.Current.Since));
        Assert.Equal((true, false), content.Add(Look(Home) with { IsLost = false, IsOwn = true }, Rules, ManyPages));
        Assert.False(content.Current.IsLost);
        LoseAll(4, byEdge: 3);
        Assert.False(content.Current.IsLost);
    }

    [Fact]
    public void Pages_seen_before_the_first_that_is_gone_do_not_count()
    {
        for (var path = 100; path < 200; path++)
        {
            content.Add(Look(path) with { IsLost = false }, Rules, ManyPages);
        }

        LoseAll(5, byEdge: 3);

        Assert.Equal((true, 5), (content.Current.IsLost, content.Current.LookedPaths));
    }

    [Fact]
    public void Nothing_is_suspected_any_more_once_all_pages_are_back()
    {
        LoseAll(3, byEdge: 0);
        for (var path = 0; path < 3; path++)
        {
            content.Add(Look(path) with { IsLost = false }, Rules, ManyPages);
        }

        Assert.Equal(LostContentReport.Kept, content.Current);
    }

    [Fact]
    public void Many_at_once_are_one_piece_of_news()
    {
        var news = 0;

        Parallel.For(0, 10_000, look => Interlocked.Add(ref news, content.Add(Look(look % 300) with { IsOwn = look % 2 == 0 }, Rules, ManyPages).IsNews ? 1 : 0));

        Assert.Equal((1, true), (news, content.Current.IsLost));
    }

    [Fact]
    public void More_pages_than_it_keeps_tell_no_more()
    {
        LoseAll(1000, byEdge: 0);

        Assert.Equal((256, 256), (content.Current.LostPaths, content.Current.LookedPaths));
    }

    [Fact]
    public void An_origin_that_answers_for_it_takes_all_of_it()
    {
        Assert.False(content.Absolve());
        LoseAll(9, byEdge: 3);

        Assert.True(content.Absolve());

        Assert.Equal(LostContentReport.Kept, content.Current);
        LoseAll(3, byEdge: 3);
        Assert.False(content.Current.IsLost);
    }

    [Theory]
    // One less than it takes: the home page may be the one that nobody asked for.
    [InlineData(3, ManyPages, false)]
    [InlineData(4, ManyPages, true)]
    [InlineData(1, 1, true)]
    [InlineData(1, 3, false)]
    [InlineData(2, 3, true)]
    public void The_edge_is_to_look_itself_once_that_can_tell_more(int lost, int documents, bool wants)
    {
        var last = (IsNews: false, WantsChecks: false);
        for (var path = 1; path <= lost; path++)
        {
            last = content.Add(Look(path), Rules, documents);
        }

        Assert.Equal((false, wants), last);
    }

    [Fact]
    public void The_home_page_is_remembered_as_the_edge_has_seen_it()
    {
        content.Add(Look(Home), Rules, ManyPages);
        Assert.Null(content.Home);

        content.Add(Look(Home) with { IsOwn = true, IsLost = false }, Rules, ManyPages);
        Assert.Equal(new HomeLook(false, clock.GetTimestamp()), content.Home);
    }

    [Fact]
    public void Says_since_when_and_what_came_last()
    {
        LoseAll(4, byEdge: 3);
        clock.Advance(TimeSpan.FromSeconds(7));
        content.Add(Look(4) with { Received = "200, parked" }, Rules, ManyPages);

        Assert.Equal(new LostContentReport(true, 5, 5, Some.Time.AddSeconds(7), "200, parked"), content.Current);
    }

    private void LoseAll(int byVisitors, int byEdge)
    {
        for (var path = 0; path < byVisitors; path++)
        {
            Lose(path);
        }

        for (var path = 0; path < byEdge; path++)
        {
            LoseToEdge(path);
        }
    }

    private bool Lose(int path, int documents = ManyPages) => content.Add(Look(path), Rules, documents).IsNews;

    private bool LoseToEdge(int path, int documents = ManyPages) => content.Add(Look(path) with { IsOwn = true }, Rules, documents).IsNews;

    private static PageLook Look(int path) => new(path, path == Home, IsLost: true, LeadsTo: 0, IsOwn: false, "404");
}

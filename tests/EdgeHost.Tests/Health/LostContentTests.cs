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
            Lose(path, visitor: 1, documents);
            Lose(path, visitor: 2, documents);
        }

        Assert.Equal((isLost, lost, lost), (content.Current.IsLost, content.Current.LostPaths, content.Current.LookedPaths));
    }

    [Fact]
    public void Without_the_home_page_nothing_is_lost()
    {
        for (var path = 1; path <= 100; path++)
        {
            Assert.False(Lose(path, visitor: path));
        }

        Assert.True(Lose(Home));
        Assert.True(content.Current.IsLost);
    }

    [Theory]
    [InlineData(5, true)]
    [InlineData(6, false)]
    public void Half_of_those_looked_at_is_enough(int kept, bool isLost)
    {
        LosePages(4);
        for (var path = 100; path < 100 + kept; path++)
        {
            Keep(path);
        }

        Assert.Equal(isLost, Lose(4));
        Assert.Equal((isLost, 5, 5 + kept), (content.Current.IsLost, content.Current.LostPaths, content.Current.LookedPaths));
    }

    [Theory]
    [InlineData(2, 1, 0, false)]
    [InlineData(2, 2, 0, true)]
    [InlineData(3, 2, 0, false)]
    [InlineData(3, 3, 0, true)]
    // The edge's own word for a few pages is as good as that of many visitors.
    [InlineData(2, 1, 2, false)]
    [InlineData(2, 1, 3, true)]
    [InlineData(8, 0, 3, true)]
    public void One_visitor_alone_is_not_believed(int fallVisitors, int visitors, int checkedPaths, bool isLost)
    {
        var rules = Rules with { FallVisitors = fallVisitors };
        for (var path = 0; path < 10; path++)
        {
            for (var visitor = 1; visitor <= visitors; visitor++)
            {
                content.Add(Look(path, visitor: visitor), rules, ManyPages);
            }

            if (path < checkedPaths || visitors == 0)
            {
                content.Add(Look(path, visitor: HealthEvidence.Ourselves), rules, ManyPages);
            }
        }

        Assert.Equal(isLost, content.Current.IsLost);
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
            content.Add(Look(path, leadsTo: leadTo[path], visitor: path), Rules, ManyPages);
        }

        Assert.Equal((lostPaths >= 5, lostPaths), (content.Current.IsLost, content.Current.LostPaths));
    }

    [Theory]
    [InlineData(59.999, true)]
    [InlineData(60, false)]
    public void A_suspicion_that_is_not_confirmed_is_forgotten_after_a_minute(double seconds, bool isLost)
    {
        LosePages(4);
        clock.Advance(TimeSpan.FromSeconds(seconds));
        Lose(4);

        Assert.Equal((isLost, isLost ? 5 : 1), (content.Current.IsLost, content.Current.LostPaths));
    }

    [Fact]
    public void What_is_lost_stays_so_however_long_it_takes()
    {
        LosePages(5);
        clock.Advance(TimeSpan.FromDays(1));
        Assert.False(Lose(5));

        Assert.Equal((true, 6, Some.Time), (content.Current.IsLost, content.Current.LostPaths, content.Current.Since));
    }

    [Fact]
    public void Pages_seen_before_the_first_that_is_gone_do_not_count()
    {
        for (var path = 100; path < 200; path++)
        {
            Assert.False(Keep(path));
        }

        LosePages(5);

        Assert.Equal((true, 5), (content.Current.IsLost, content.Current.LookedPaths));
    }

    [Fact]
    public void It_is_found_again_with_its_home_page()
    {
        LosePages(50);

        Assert.True(Keep(Home));
        Assert.Equal((false, 49), (content.Current.IsLost, content.Current.LostPaths));
        Assert.True(Lose(Home));
        Assert.True(content.Current.IsLost);
    }

    [Fact]
    public void It_is_found_again_with_most_of_its_pages()
    {
        LosePages(10);
        for (var path = 9; path > 5; path--)
        {
            Assert.False(Keep(path));
        }

        Assert.False(Keep(5));
        Assert.True(Keep(4));
        Assert.False(content.Current.IsLost);
    }

    [Fact]
    public void Nothing_is_suspected_any_more_once_all_pages_are_back()
    {
        LosePages(3);
        for (var path = 0; path < 3; path++)
        {
            Keep(path);
        }

        Assert.Equal(LostContentReport.Kept, content.Current);
        LosePages(4);
        Assert.Equal((false, 4, 4), (content.Current.IsLost, content.Current.LostPaths, content.Current.LookedPaths));
    }

    [Fact]
    public void It_is_news_once()
    {
        var news = Enumerable.Range(0, 2000).Count(look => Lose(look % 500, visitor: look % 50));

        Assert.Equal(1, news);
    }

    [Fact]
    public void Many_at_once_are_one_piece_of_news()
    {
        var news = 0;

        Parallel.For(0, 10_000, look => Interlocked.Add(ref news, Lose(look % 300, visitor: look % 50) ? 1 : 0));

        Assert.Equal((1, true), (news, content.Current.IsLost));
    }

    [Fact]
    public void More_pages_than_it_keeps_tell_no_more()
    {
        LosePages(1000);

        Assert.Equal((256, 256), (content.Current.LostPaths, content.Current.LookedPaths));
    }

    [Fact]
    public void An_origin_that_answers_for_it_takes_all_of_it()
    {
        LosePages(9);

        content.Absolve();

        Assert.Equal(LostContentReport.Kept, content.Current);
        Assert.False(content.WantsChecks(Rules.FallVisitors));
        LosePages(4);
        Assert.Equal((false, 4), (content.Current.IsLost, content.Current.LostPaths));
    }

    [Theory]
    [InlineData(new int[0], 1, false)]
    // For want of a second visitor, or of the home page.
    [InlineData(new[] { 0 }, 1, true)]
    [InlineData(new[] { 1 }, 1, true)]
    [InlineData(new[] { 1, 2, 3 }, 2, true)]
    [InlineData(new[] { 0, 1, 2, 3 }, 2, false)]
    // Nothing more is to be known.
    [InlineData(new[] { 0, 1, 2, 3, 4 }, 2, false)]
    public void Looks_of_the_edge_are_wanted_where_they_could_tell_more(int[] paths, int visitors, bool wants)
    {
        foreach (var path in paths)
        {
            for (var visitor = 1; visitor <= visitors; visitor++)
            {
                Lose(path, visitor);
            }
        }

        Assert.Equal(wants, content.WantsChecks(Rules.FallVisitors));
    }

    [Fact]
    public void A_visitor_who_sees_the_same_does_not_take_from_what_the_edge_has_seen()
    {
        for (var path = 0; path < 3; path++)
        {
            Lose(path, HealthEvidence.Ourselves);
            Lose(path, visitor: 1);
        }

        Lose(3, visitor: 1);
        Lose(4, visitor: 1);

        Assert.True(content.Current.IsLost);
    }

    [Fact]
    public void Says_since_when_and_what_came()
    {
        LosePages(4);
        clock.Advance(TimeSpan.FromSeconds(7));
        content.Add(Look(4, visitor: 9) with { Received = "200, parked" }, Rules, ManyPages);

        Assert.Equal(new LostContentReport(true, 5, 5, Some.Time.AddSeconds(7), "200, parked"), content.Current);
    }

    private void LosePages(int count)
    {
        for (var path = 0; path < count; path++)
        {
            Lose(path, visitor: path + 1);
        }
    }

    private bool Lose(int path, int visitor = 1, int documents = ManyPages) => content.Add(Look(path, visitor: visitor), Rules, documents);

    private bool Keep(int path) => content.Add(Look(path) with { IsLost = false }, Rules, ManyPages);

    private static PageLook Look(int path, int leadsTo = 0, int visitor = 1) => new(path, path == Home, IsLost: true, leadsTo, visitor, visitor == HealthEvidence.Ourselves, "404");
}

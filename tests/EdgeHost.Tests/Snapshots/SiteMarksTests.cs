using EdgeHost.Snapshots;

namespace EdgeHost.Tests.Snapshots;

public sealed class SiteMarksTests
{
    [Theory]
    [InlineData(1, 1, true)]
    [InlineData(10, 8, true)]
    [InlineData(10, 7, false)]
    [InlineData(5, 4, true)]
    [InlineData(24, 20, true)]
    [InlineData(24, 19, false)]
    public void Four_in_five_pages_make_a_mark(int pages, int with, bool isMark)
    {
        var marks = SiteMarks.Of([.. Enumerable.Range(0, pages).Select(i => i < with ? Page($"nova page{i}", "wordpress") : Page($"page{i}"))]);

        Assert.Equal(isMark, marks.TitleWords.Contains("nova"));
        Assert.Equal(isMark ? "wordpress" : null, marks.Generator);
    }

    [Fact]
    public void A_snapshot_without_pages_has_no_marks()
    {
        var marks = SiteMarks.Of([]);

        Assert.Empty(marks.TitleWords);
        Assert.Null(marks.Generator);
    }

    [Theory]
    [InlineData("nova", true)]
    [InlineData("contact talents", true)]
    // Half of its own.
    [InlineData("home of others", true)]
    [InlineData("this domain parked", false)]
    [InlineData("", false)]
    public void The_site_s_words_tell_where_the_copy_has_them(string title, bool known)
    {
        var site = new SiteMarks(["nova", "talents"], "wordpress");
        var copy = Page("nova home", "wordpress", 1000);

        Assert.Equal(known, site.Know(Page(title, null, 1), copy));
        Assert.Equal(known, site.Know(Page(title, "wordpress", 1000), copy));
    }

    [Theory]
    [InlineData("welcome", null, 1000, true)]
    [InlineData("nova", null, 1000, true)]
    [InlineData("greetings", "wordpress", 1000, true)]
    [InlineData("greetings", null, 1000, null)]
    [InlineData("parked", null, 9000, false)]
    public void A_page_without_the_site_s_words_is_told_by_its_own_copy(string title, string? generator, long length, bool? known)
    {
        var site = new SiteMarks(["nova", "talents"], "wordpress");

        Assert.Equal(known, site.Know(Page(title, generator, length), Page("welcome", "wordpress", 1000)));
    }

    [Theory]
    [InlineData("home", "home", true)]
    [InlineData("our home", "our", true)]
    [InlineData("our home page", "our home", true)]
    [InlineData("our home page", "our", false)]
    [InlineData("our home page here", "our page", true)]
    [InlineData("our home page here", "our", false)]
    [InlineData("our home page here", "our and other words", false)]
    [InlineData("one two three four five six seven eight nine", "one two three four", false)]
    [InlineData("one two three four five six seven eight nine", "one two three four five", true)]
    public void Half_of_its_own_title_s_words_make_a_page_known(string copy, string title, bool isKnown) =>
        Assert.Equal(isKnown ? true : null, SiteMarks.Of([]).Know(Page(title, null, 1000), Page(copy, null, 1000)));

    [Theory]
    [InlineData("wordpress", "wordpress", true)]
    [InlineData("wordpress", "joomla", null)]
    [InlineData("wordpress", null, null)]
    // What no page of the site says is no mark of it.
    [InlineData(null, "wordpress", null)]
    [InlineData(null, null, null)]
    public void What_all_are_made_with_makes_a_page_known(string? site, string? page, bool? known) =>
        Assert.Equal(known, new SiteMarks([], site).Know(Page("other words", page, 1000), Page("", site, 1000)));

    [Theory]
    // With a title to compare, or a generator: four times as long is another page.
    [InlineData("home", null, 1000, null)]
    [InlineData("home", null, 3999, null)]
    [InlineData("home", null, 4000, false)]
    [InlineData("home", null, 251, null)]
    [InlineData("home", null, 250, false)]
    [InlineData("home", null, 0, false)]
    [InlineData("home", null, -1, false)]
    [InlineData("", "wordpress", 3999, null)]
    [InlineData("", "wordpress", 4000, false)]
    [InlineData("", "wordpress", -1, false)]
    // With nothing else: eight times.
    [InlineData("", null, 1000, null)]
    [InlineData("", null, 7999, null)]
    [InlineData("", null, 8000, false)]
    [InlineData("", null, 126, null)]
    [InlineData("", null, 125, false)]
    [InlineData("", null, 0, false)]
    [InlineData("", null, -1, null)]
    public void Its_length_tells_where_nothing_else_does(string title, string? generator, long length, bool? known) =>
        Assert.Equal(known, new SiteMarks([], generator).Know(Page("other words", null, length), Page(title, generator, 1000)));

    private static PageMarks Page(string title, string? generator = null, long length = 1000) => new([.. title.Split(' ', StringSplitOptions.RemoveEmptyEntries)], generator, length);
}

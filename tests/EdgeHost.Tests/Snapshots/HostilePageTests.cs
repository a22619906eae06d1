using EdgeHost.Snapshots;

namespace EdgeHost.Tests.Snapshots;

/// <summary>Pages that somebody wrote to keep the edge busy.</summary>
public sealed class HostilePageTests
{
    [Fact]
    public void Formatting_that_a_tree_would_repeat_in_each_paragraph_costs_nothing()
    {
        var page = "<title>x</title><p>" + string.Concat(Enumerable.Range(0, 600).Select(n => $"<b a{n}>")) + string.Concat(Enumerable.Repeat("<p>x", 2_000));

        var before = GC.GetAllocatedBytesForCurrentThread();
        _ = PageMarks.Read(page, page.Length);

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 5_000_000);
    }

    [Theory]
    [InlineData("<script>'<title>no</title>'</script><title>Nova &amp; Mira</title>", "mira nova")]
    [InlineData("<TITLE>Nova <b>Talents</TITLE>", "nova talents")]
    [InlineData("<style>title {}</style><noscript><title>none</title></noscript><title>Nova</title>", "nova")]
    [InlineData("<body><svg><title>drawing</title></svg>", "")]
    [InlineData("<!-- <title>old</title> --><title>Nova", "nova")]
    [InlineData("<title></title><title>Nova</title>", "nova")]
    public void The_title_is_the_heads(string head, string words) =>
        Assert.Equal(words, string.Join(' ', PageMarks.Read(head, -1).TitleWords.Order(StringComparer.Ordinal)));

    [Theory]
    [InlineData("<meta name=generator content='Word 12'>", "word")]
    [InlineData("<META NAME=\"Generator\" CONTENT=\"Plat-form\">", "plat-form")]
    [InlineData("<meta name=description content=x>", null)]
    public void What_made_it_is_the_heads(string head, string? generator) => Assert.Equal(generator, PageMarks.Read(head, -1).Generator);
}

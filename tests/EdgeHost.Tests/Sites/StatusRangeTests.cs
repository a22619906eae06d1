using EdgeHost.Sites;

namespace EdgeHost.Tests.Sites;

public sealed class StatusRangeTests
{
    [Theory]
    [InlineData("200", 200, 200)]
    [InlineData("200-299", 200, 299)]
    [InlineData("100-599", 100, 599)]
    public void Reads_one_or_from_to(string text, int first, int last)
    {
        Assert.True(StatusRange.TryParse(text, out var range));
        Assert.Equal(new StatusRange(first, last), range);
        Assert.True(range.Holds(first) && range.Holds(last) && !range.Holds(first - 1) && !range.Holds(last + 1));
        Assert.Equal(text, range.ToString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("OK")]
    [InlineData("99")]
    [InlineData("600")]
    [InlineData("299-200")]
    [InlineData("200-")]
    [InlineData("-200")]
    [InlineData("2xx")]
    [InlineData("200-299-300")]
    public void Refuses_all_else(string text) => Assert.False(StatusRange.TryParse(text, out _));
}

using EdgeHost.Live;
using Microsoft.Extensions.Primitives;

namespace EdgeHost.Tests.Live;

public sealed class CdnLoopTests
{
    [Theory]
    [InlineData("edgehost", true)]
    [InlineData("EdgeHost", true)]
    [InlineData(" edgehost ", true)]
    [InlineData("cdn.example; hop=1, edgehost, other", true)]
    [InlineData("other,edgehost;x=\"1\"", true)]
    [InlineData("edgehost2", false)]
    [InlineData("my-edgehost", false)]
    [InlineData("cdn.example; edgehost", false)]
    [InlineData("", false)]
    [InlineData(",,", false)]
    public void Knows_its_own_name(string header, bool holds) => Assert.Equal(holds, CdnLoop.Holds(header, "edgehost"));

    [Fact]
    public void Looks_at_each_line() => Assert.True(CdnLoop.Holds(new StringValues(["a", "b, edgehost"]), "edgehost"));

    [Fact]
    public void Stands_behind_those_before()
    {
        Assert.Equal("edgehost", CdnLoop.Append(default, "edgehost"));
        Assert.Equal("a; x=1, b, c, edgehost", CdnLoop.Append(new StringValues(["a; x=1, b", "c"]), "edgehost"));
    }
}

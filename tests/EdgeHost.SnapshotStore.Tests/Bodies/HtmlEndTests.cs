using System.Text;
using EdgeHost.SnapshotStore.Bodies;

namespace EdgeHost.SnapshotStore.Tests.Bodies;

public sealed class HtmlEndTests
{
    [Theory]
    [InlineData("<html></html>", true)]
    [InlineData("</HTML>", true)]
    [InlineData("</html >\n<!-- 12 ms -->\n", true)]
    [InlineData("</html><script>debug('</div>')</script>", true)]
    [InlineData("</html", true)]
    [InlineData("</body>", false)]
    [InlineData("</ht", false)]
    [InlineData("<html>", false)]
    [InlineData("</", false)]
    [InlineData("", false)]
    public void Is_found_wherever_it_stands_in_the_tail(string tail, bool found) => Assert.Equal(found, HtmlEnd.IsIn(Encoding.UTF8.GetBytes(tail)));
}

using EdgeHost.Decisions;
using EdgeHost.Sites;

namespace EdgeHost.Tests.Sites;

public sealed class PathRulesTests
{
    private static readonly PathRules Rules = new(["/admin", "/shop/cart", "/api/"], ["/shop", "/admin/help"]);

    [Theory]
    [InlineData("/", "Default")]
    [InlineData("/admin", "LiveOnly")]
    [InlineData("/admin/", "LiveOnly")]
    [InlineData("/admin/users", "LiveOnly")]
    [InlineData("/admin/help", "SnapshotFirst")]
    [InlineData("/admin/help/me", "SnapshotFirst")]
    [InlineData("/admin/helpless", "LiveOnly")]
    [InlineData("/administration", "Default")]
    [InlineData("/Admin", "Default")]
    [InlineData("/shop", "SnapshotFirst")]
    [InlineData("/shop/cart", "LiveOnly")]
    [InlineData("/shop/cart/2", "LiveOnly")]
    [InlineData("/shop/carts", "SnapshotFirst")]
    [InlineData("/api", "LiveOnly")]
    [InlineData("/apis", "Default")]
    [InlineData("/api/v1", "LiveOnly")]
    public void The_longest_prefix_that_a_path_lies_under_holds(string path, string rule) => Assert.Equal(rule, Rules.Of(path).ToString());

    [Fact]
    public void The_root_is_the_whole_site()
    {
        var rules = new PathRules(["/admin"], ["/"]);

        Assert.Equal((PathRule.SnapshotFirst, PathRule.SnapshotFirst, PathRule.LiveOnly), (rules.Of("/"), rules.Of("/a/b"), rules.Of("/admin")));
    }
}

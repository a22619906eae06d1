using EdgeHost.SnapshotStore.Operating;
using EdgeHost.SnapshotStore.Sites;

namespace EdgeHost.SnapshotStore.Tests.Operating;

public sealed class OverrideScopeTests
{
    private static readonly ScopedSite Nova = new(SiteId.Parse("nova"), "platform", ["gold", "eu"]);

    [Theory]
    [InlineData("all", ScopeKind.All, "", "")]
    [InlineData("origin:platform-2", ScopeKind.Origin, "platform-2", "")]
    [InlineData("group:Gold_1.a", ScopeKind.Group, "Gold_1.a", "")]
    [InlineData("site:nova", ScopeKind.Site, "nova", "")]
    [InlineData("site:nova/shop", ScopeKind.Path, "nova", "/shop")]
    [InlineData("site:nova/a%20b/c", ScopeKind.Path, "nova", "/a%20b/c")]
    public void Is_read_as_it_is_written(string text, ScopeKind kind, string name, string path)
    {
        Assert.True(OverrideScope.TryParse(text, out var scope));
        Assert.Equal((kind, name, path, text), (scope.Kind, scope.Name, scope.Path, scope.ToString()));
    }

    [Theory]
    [InlineData("site:nova/shop/", "site:nova/shop")]
    [InlineData("site:nova/a%41", "site:nova/aA")]
    [InlineData("site:nova/ä", null)]
    [InlineData("site:nova/", null)]
    [InlineData("site:nova//", null)]
    [InlineData("site:nova/a?b", null)]
    [InlineData("site:nova/a;b", null)]
    [InlineData("site:nova/a,b", null)]
    [InlineData("site:nova/../b", null)]
    [InlineData("site:Nova", null)]
    [InlineData("site:", null)]
    [InlineData("group:", null)]
    [InlineData("group:a b", null)]
    [InlineData("origin:a;b", null)]
    [InlineData("host:nova", null)]
    [InlineData("All", null)]
    [InlineData("", null)]
    [InlineData(null, null)]
    public void Has_one_form_or_none(string? text, string? canonical) => Assert.Equal(canonical, OverrideScope.TryParse(text, out var scope) ? scope.ToString() : null);

    [Theory]
    [InlineData("all", true)]
    [InlineData("origin:platform", true)]
    [InlineData("origin:other", false)]
    [InlineData("group:eu", true)]
    [InlineData("group:us", false)]
    [InlineData("site:nova", true)]
    [InlineData("site:nov", false)]
    [InlineData("site:nova/shop", true)]
    public void Covers_what_it_names(string text, bool covers)
    {
        Assert.True(OverrideScope.TryParse(text, out var scope));
        Assert.Equal(covers, scope.Covers(Nova));
    }

    [Theory]
    [InlineData("/shop", true)]
    [InlineData("/shop/", true)]
    [InlineData("/shop/a", true)]
    [InlineData("/shopping", false)]
    [InlineData("/Shop", false)]
    [InlineData("/", false)]
    public void Covers_a_path_and_what_lies_under_it(string path, bool covers)
    {
        Assert.True(OverrideScope.TryParse("site:nova/shop", out var scope));
        Assert.Equal(covers, scope.CoversPath(path));
    }
}

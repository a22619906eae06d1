using EdgeHost.Sites;
using EdgeHost.Snapshots;

namespace EdgeHost.Tests.Sites;

public sealed class PageChecksTests
{
    private readonly PageChecks checks = new(TimeProvider.System);

    [Theory]
    [InlineData("", "")]
    [InlineData("/a", "/a")]
    [InlineData("/a /b /c", "/a /b /c")]
    // The last few, each of them once.
    [InlineData("/a /b /c /d", "/b /c /d")]
    [InlineData("/a /a /b /a", "/b /a")]
    [InlineData("/a /b /c /b /d /e", "/b /d /e")]
    [InlineData("/a /a?x /a?y", "/a /a?x /a?y")]
    public void Keeps_the_last_few(string met, string kept)
    {
        Remember(met);

        Assert.Equal(kept.Length > 0, checks.HasMore);
        Assert.Equal(kept, string.Join(' ', checks.Take().Select(page => page.Target)));
    }

    [Fact]
    public void What_is_taken_is_gone_and_what_comes_meanwhile_is_not()
    {
        Remember("/a /b");
        var taken = checks.Take();
        Remember("/b /c");

        Assert.Equal(2, taken.Count);
        Assert.Equal(["/b", "/c"], checks.Take().Select(page => page.Target.Path));
        Assert.False(checks.HasMore);
        Assert.Empty(checks.Take());
    }

    [Fact]
    public void The_same_path_of_another_host_is_another_page()
    {
        checks.Remember(Page("/a"));
        checks.Remember(Page("/a") with { Authority = "other.example" });
        checks.Remember(Page("/a") with { Scheme = "https" });

        Assert.Equal(3, checks.Take().Count);
    }

    [Fact]
    public void Many_at_once_are_kept_and_taken_whole()
    {
        var taken = 0;

        Parallel.For(0, 2000, i =>
        {
            checks.Remember(Page($"/{i}"));
            var pages = checks.Take();
            Assert.InRange(pages.Count, 0, 3);
            Assert.DoesNotContain(default, pages);
            Interlocked.Add(ref taken, pages.Count);
        });

        Assert.InRange(taken, 1, 2000);
        Assert.False(checks.HasMore);
    }

    private void Remember(string targets)
    {
        foreach (var target in targets.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            checks.Remember(Page(target));
        }
    }

    private static PageAddress Page(string target) => new("http", Some.Host, Some.Target(target));
}

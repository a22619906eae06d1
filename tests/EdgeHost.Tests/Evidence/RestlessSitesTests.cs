using EdgeHost.Evidence;
using EdgeHost.Health;
using EdgeHost.Sites;
using Microsoft.Extensions.Time.Testing;

namespace EdgeHost.Tests.Evidence;

public sealed class RestlessSitesTests
{
    private readonly FakeTimeProvider clock = new(Some.Time);
    private readonly RestlessSites restless = new();

    [Fact]
    public void A_site_is_among_them_from_its_first_failure_until_it_is_acquitted()
    {
        var tables = Tables("one", "two");
        var site = tables.Current.Sites[0];
        restless.Note(site);
        Assert.Empty(restless.Of(tables.Current));

        Fail(site, "/a");
        restless.Note(site);
        Assert.Equal([site], restless.Of(tables.Current));

        site.State.Health.Absolve();
        Assert.Empty(restless.Of(tables.Current));
    }

    [Fact]
    public void One_that_has_come_to_rest_and_fails_again_is_among_them_again()
    {
        var tables = Tables("one");
        var site = tables.Current.Sites[0];
        for (var i = 0; i < 2; i++)
        {
            Fail(site, "/a");
            restless.Note(site);
            Assert.Equal([site], restless.Of(tables.Current));
            site.State.Health.Absolve();
            Assert.Empty(restless.Of(tables.Current));
        }
    }

    [Fact]
    public void Lost_content_keeps_a_live_site_among_them()
    {
        var tables = Tables("one");
        var site = tables.Current.Sites[0];
        site.State.Content.Add(new PageLook(1, IsHome: true, IsLost: true, 0, IsOwn: false, "404"), new HealthRules(), 1);
        site.State.Content.Add(new PageLook(1, IsHome: true, IsLost: true, 0, IsOwn: true, "404"), new HealthRules(), 1);

        restless.Note(site);

        Assert.Equal([site], restless.Of(tables.Current));
    }

    [Fact]
    public void One_that_a_reload_takes_away_is_left_out_until_a_reload_brings_it_back()
    {
        var both = Tables("one", "two");
        Fail(both.Current.Sites[0], "/a");
        restless.Note(both.Current.Sites[0]);

        Assert.Empty(restless.Of(Tables("two").Current));
        Assert.Equal([both.Current.Sites[0]], restless.Of(both.Current));
    }

    private SiteTableState Tables(params string[] ids)
    {
        var settings = Some.Settings();
        foreach (var key in settings.Keys.Where(key => key.StartsWith("Sites:", StringComparison.Ordinal)).ToList())
        {
            settings.Remove(key);
        }

        foreach (var id in ids)
        {
            settings[$"Sites:{id}:Hosts:0"] = $"{id}.example";
            settings[$"Sites:{id}:Origin"] = "platform";
        }

        return new SiteTableState(Some.Read(settings).Options, clock);
    }

    // One moment after the start: what was sent before it tells nothing.
    private void Fail(Site site, string path)
    {
        clock.Advance(TimeSpan.FromSeconds(1));
        site.State.Health.Record(new HealthEvidence(EvidenceKind.Document, OriginFailure.GatewayError, path.GetHashCode(StringComparison.Ordinal), HealthEvidence.Ourselves, clock.GetTimestamp()));
    }
}

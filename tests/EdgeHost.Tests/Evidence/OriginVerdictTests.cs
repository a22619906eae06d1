using System.Collections.Immutable;
using EdgeHost.Evidence;
using EdgeHost.Health;
using EdgeHost.Sites;
using Microsoft.Extensions.Time.Testing;

namespace EdgeHost.Tests.Evidence;

public sealed class OriginVerdictTests
{
    private static readonly HealthRules Rules = new() { LostPaths = 1 };

    private readonly FakeTimeProvider clock = new(Some.Time);

    [Theory]
    // Of so many sites so many have lost their content, and so many others have visitors.
    [InlineData(1, 1, 0, true, 0)]
    [InlineData(2, 1, 0, false, 0)]
    [InlineData(2, 2, 0, true, 0)]
    [InlineData(5, 2, 3, false, 0)]
    [InlineData(4, 2, 2, true, 0)]
    [InlineData(100, 2, 1, false, 5)]
    [InlineData(4, 2, 1, false, 1)]
    public void Sites_that_nobody_visits_are_looked_at_before_all_turn(int sites, int lost, int active, bool isLost, int toLookAt)
    {
        var all = Enumerable.Range(0, sites).Select(n => SiteOf(n, n < lost ? true : null, isActive: n < lost + active)).ToImmutableArray();

        var verdict = OriginVerdict.OnContent(all, clock);

        Assert.Equal((isLost, toLookAt), (verdict.IsLost, verdict.ToLookAt.Distinct().Count()));
    }

    [Fact]
    public void A_site_without_a_snapshot_has_no_say()
    {
        var without = Some.Site("without") with { State = new SiteState(new HealthState(Rules, clock), clock) { LastVisitAt = clock.GetTimestamp() } };

        Assert.True(OriginVerdict.OnContent([SiteOf(1, true, isActive: true), without], clock).IsLost);
    }

    [Theory]
    [InlineData(0, false)]
    [InlineData(2, false)]
    [InlineData(3, true)]
    [InlineData(5, true)]
    public void Half_of_those_must_be_gone_as_well(int gone, bool isLost)
    {
        var all = Enumerable.Range(0, 50).Select(n => SiteOf(n, n < 2 ? true : null, isActive: n < 2)).ToImmutableArray();
        foreach (var (n, site) in OriginVerdict.OnContent(all, clock).ToLookAt.Index())
        {
            site.State.Content.Add(new PageLook(1, IsHome: true, IsLost: n < gone, 0, IsOwn: true, "404"), new HealthRules(), 20);
        }

        var verdict = OriginVerdict.OnContent(all, clock);
        Assert.Equal((isLost, 0), (verdict.IsLost, verdict.ToLookAt.Count));

        clock.Advance(TimeSpan.FromSeconds(20));
        Assert.Equal((false, 5), (OriginVerdict.OnContent(all, clock).IsLost, OriginVerdict.OnContent(all, clock).ToLookAt.Count));
    }

    private Site SiteOf(int n, bool? isLost, bool isActive)
    {
        var state = new SiteState(new HealthState(Rules, clock), clock) { Snapshot = Some.Snapshot(Some.Manifest(1)) };
        var site = Some.Site($"site-{n}") with { State = state };
        if (isLost == true)
        {
            state.Content.Add(new PageLook(1, IsHome: true, IsLost: true, 0, IsOwn: false, "404"), Rules, 1);
            state.Content.Add(new PageLook(1, IsHome: true, IsLost: true, 0, IsOwn: true, "404"), Rules, 1);
            Assert.True(state.Content.Current.IsLost);
        }

        state.LastVisitAt = isActive ? clock.GetTimestamp() : 0;
        return site;
    }
}

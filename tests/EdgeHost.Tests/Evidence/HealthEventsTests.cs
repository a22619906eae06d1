using EdgeHost.Evidence;
using EdgeHost.Health;
using EdgeHost.Sites;
using EdgeHost.Snapshots;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Site = EdgeHost.Sites.Site;

namespace EdgeHost.Tests.Evidence;

public sealed class HealthEventsTests
{
    private readonly CheckOrders orders = new();
    private readonly FakeTimeProvider clock = new(Some.Time);

    public static TheoryData<string> Failures => [.. Enum.GetValues<OriginFailure>().Where(failure => failure != OriginFailure.None).Select(failure => failure.ToString())];

    [Theory]
    [MemberData(nameof(Failures))]
    public void Each_failure_counts_where_it_belongs(string name)
    {
        var failure = Enum.Parse<OriginFailure>(name);
        var (events, sites) = New(1);

        Fail(events, sites[0], failure);

        Assert.Equal(failure.IsConnectionLevel(), sites[0].Origin.Health.Current.Phase == HealthPhase.Snapshot);
        Assert.Equal(!failure.IsConnectionLevel(), sites[0].State.Health.Current.Phase == HealthPhase.Snapshot);
        Assert.StartsWith("EdgeHost; ", failure.ProxyStatus(500), StringComparison.Ordinal);
    }

    [Fact]
    public void What_the_snapshot_does_not_hold_tells_nothing_of_the_site()
    {
        var (events, sites) = New(1);
        for (var i = 0; i < 10; i++)
        {
            Observe(events, sites[0], OriginFailure.HeadersTimeout, null, false, $"/{i}", clock.GetTimestamp());
            clock.Advance(TimeSpan.FromSeconds(1));
            events.Tick();
        }

        Assert.Equal(HealthPhase.Live, sites[0].State.Health.Current.Phase);
        Assert.Equal(HealthPhase.Live, sites[0].Origin.Health.Current.Phase);
    }

    [Fact]
    public void One_site_of_many_turns_alone()
    {
        var (events, sites) = New(500);
        foreach (var site in sites)
        {
            Observe(events, site, OriginFailure.None, EvidenceKind.Document, true, "/", clock.GetTimestamp());
        }

        Fail(events, sites[7], OriginFailure.GatewayError);

        Assert.Equal(HealthPhase.Live, sites[0].Origin.Health.Current.Phase);
        Assert.Equal([sites[7].IdText], sites.Where(site => site.State.Health.Current.Phase == HealthPhase.Snapshot).Select(site => site.IdText));
    }

    [Theory]
    [InlineData(8, 4, false)] // half, and too few to be sure
    [InlineData(12, 5, false)] // enough, and less than half
    [InlineData(12, 6, true)]
    [InlineData(5, 5, true)]
    public void When_half_of_the_active_sites_fail_it_is_the_origin(int active, int failing, bool turns)
    {
        var (events, sites) = New(20);
        foreach (var site in sites.Take(active))
        {
            Observe(events, site, OriginFailure.None, EvidenceKind.Document, true, "/", clock.GetTimestamp());
        }

        foreach (var site in sites.Take(failing))
        {
            Fail(events, site, OriginFailure.HeadersTimeout);
        }

        Assert.Equal(turns ? HealthPhase.Snapshot : HealthPhase.Live, sites[0].Origin.Health.Current.Phase);
        if (turns)
        {
            // It returns by the origin's ramp, and has nothing to answer for itself.
            Assert.All(sites, site => Assert.Equal(HealthPhase.Live, site.State.Health.Current.Phase));
        }
    }

    [Fact]
    public void That_somebody_answers_is_no_recovery_where_the_answers_were_what_was_wrong()
    {
        var (events, sites) = New(6);
        foreach (var site in sites)
        {
            Fail(events, site, OriginFailure.GatewayError);
        }

        for (var i = 0; i < 20; i++)
        {
            clock.Advance(TimeSpan.FromSeconds(1));
            events.Probed(sites[0], OriginFailure.GatewayError, "502", clock.GetTimestamp());
            events.Tick();
        }

        Assert.Equal(HealthPhase.Snapshot, sites[0].Origin.Health.Current.Phase);
    }

    [Fact]
    public void One_site_that_stays_broken_does_not_keep_the_others_away()
    {
        var (events, sites) = New(6);
        foreach (var site in sites)
        {
            Fail(events, site, OriginFailure.GatewayError);
        }

        Assert.Equal(HealthPhase.Snapshot, sites[0].Origin.Health.Current.Phase);
        for (var i = 0; i < 60; i++)
        {
            clock.Advance(TimeSpan.FromSeconds(1));
            events.Probed(sites[5], OriginFailure.GatewayError, "502", clock.GetTimestamp());
            events.Probed(sites[i % 5], OriginFailure.None, "200", clock.GetTimestamp());
            events.Tick();
        }

        Assert.Equal(HealthPhase.Live, sites[0].Origin.Health.Current.Phase);
        Assert.Equal((HealthPhase.Live, HealthPhase.Snapshot), (sites[0].State.Health.Current.Phase, sites[5].State.Health.Current.Phase));
    }

    [Fact]
    public void Wrong_probes_of_all_sites_do_not_keep_them_away_after_a_verdict()
    {
        var (events, sites) = New(6);
        foreach (var site in sites)
        {
            Fail(events, site, OriginFailure.GatewayError);
        }

        for (var i = 0; i < 60; i++)
        {
            clock.Advance(TimeSpan.FromSeconds(1.1));
            events.Probed(sites[i % 6], OriginFailure.UnexpectedStatus, "404", clock.GetTimestamp());
            Assert.True(sites[0].Origin.Health.Current is { Phase: not HealthPhase.Snapshot } or { MayTrickle: true });
            Observe(events, sites[i % 6], OriginFailure.None, EvidenceKind.Document, true, "/", clock.GetTimestamp());
            events.Tick();
        }

        Assert.Equal(HealthPhase.Live, sites[0].Origin.Health.Current.Phase);
    }

    [Fact]
    public void What_was_sent_before_a_verdict_turns_no_site_after_it()
    {
        var (events, sites) = New(6);
        var before = clock.GetTimestamp();
        foreach (var site in sites)
        {
            Fail(events, site, OriginFailure.HeadersTimeout);
        }

        for (var i = 0; i < 5; i++)
        {
            Observe(events, sites[0], OriginFailure.HeadersTimeout, EvidenceKind.Document, false, $"/{i}", before);
        }

        Assert.Equal(HealthPhase.Live, sites[0].State.Health.Current.Phase);
    }

    [Fact]
    public void A_probe_that_is_answered_clears_the_origin_and_not_the_site()
    {
        var (events, sites) = New(1);
        Fail(events, sites[0], OriginFailure.ConnectionRefused);
        for (var i = 0; i < 10; i++)
        {
            clock.Advance(TimeSpan.FromSeconds(1));
            events.Probed(sites[0], OriginFailure.GatewayError, "502", clock.GetTimestamp());
            events.Tick();
        }

        Assert.Equal(HealthPhase.Recovering, sites[0].Origin.Health.Current.Phase);
        Assert.Equal(HealthPhase.Snapshot, sites[0].State.Health.Current.Phase);
    }

    private static void Observe(HealthEvents events, Site site, OriginFailure failure, EvidenceKind? covered, bool isAsExported, string path, long startedAt, int visitor = 1) => events.Observe(site, new Observation
    {
        Failure = failure,
        Covered = covered,
        IsAsExported = isAsExported,
        Page = new PageAddress("http", site.Host.ToString(), Some.Target(path)),
        Visitor = visitor,
        StartedAt = startedAt,
    });

    private (HealthEvents Events, IReadOnlyList<Site> Sites) New(int count)
    {
        var changes = Enumerable.Range(0, count).SelectMany(i => new (string, string?)[] { ($"Sites:site{i}:Hosts:0", $"site{i}.example"), ($"Sites:site{i}:Origin", "platform") }).ToArray();
        var tables = new SiteTableState(Some.Options(changes), clock);
        clock.Advance(TimeSpan.FromSeconds(1));
        return (new HealthEvents(tables, new RestlessSites(), new TurnLog(NullLogger<TurnLog>.Instance), orders, clock, NullLogger<HealthEvents>.Instance), [.. tables.Current.Sites.Where(site => site.Id != Some.SiteId)]);
    }

    private void Fail(HealthEvents events, Site site, OriginFailure failure)
    {
        for (var i = 0; i < 3; i++)
        {
            Observe(events, site, failure, EvidenceKind.Document, false, $"/{i}", clock.GetTimestamp(), visitor: i + 1);
        }

        clock.Advance(TimeSpan.FromSeconds(0.3));
        events.Tick();
    }
}

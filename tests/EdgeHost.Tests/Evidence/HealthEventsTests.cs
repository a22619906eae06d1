using EdgeHost.Evidence;
using EdgeHost.Health;

namespace EdgeHost.Tests.Evidence;

public sealed class HealthEventsTests
{
    public static TheoryData<string> Failures => [.. Enum.GetValues<OriginFailure>().Where(failure => failure != OriginFailure.None).Select(failure => failure.ToString())];

    [Theory]
    [MemberData(nameof(Failures))]
    public void Each_failure_counts_where_it_belongs(string name)
    {
        var failure = Enum.Parse<OriginFailure>(name);
        var site = Some.Site();
        for (var i = 0; i < 3; i++)
        {
            Some.HealthEvents().Observe(site, failure);
        }

        Assert.Equal(failure.IsConnectionLevel(), site.Origin.Health.IsDown);
        Assert.Equal(!failure.IsConnectionLevel(), site.State.Health.IsDown);
        Assert.StartsWith("EdgeHost; ", failure.ProxyStatus(500), StringComparison.Ordinal);
    }

    [Fact]
    public void A_site_that_fails_was_reached()
    {
        var site = Some.Site();
        var events = Some.HealthEvents();
        for (var i = 0; i < 10; i++)
        {
            events.Observe(site, OriginFailure.ConnectionRefused);
            events.Observe(site, OriginFailure.ConnectionRefused);
            events.Observe(site, OriginFailure.None);
        }

        Assert.False(site.Origin.Health.IsDown);
        events.Observe(site, OriginFailure.ConnectionRefused);
        events.Observe(site, OriginFailure.ConnectionRefused);
        events.Observe(site, OriginFailure.HeadersTimeout);
        events.Observe(site, OriginFailure.ConnectionRefused);
        Assert.False(site.Origin.Health.IsDown);
    }

    [Fact]
    public void A_probe_that_is_answered_clears_the_origin_and_not_the_site()
    {
        var site = Some.Site();
        var events = Some.HealthEvents();
        for (var i = 0; i < 3; i++)
        {
            events.Observe(site, OriginFailure.ConnectionRefused);
            events.Observe(site, OriginFailure.GatewayError);
            events.ProbeFailed(site, OriginFailure.ConnectionRefused);
            events.ProbeFailed(site, OriginFailure.ConnectionRefused);
        }

        Assert.True(site.Origin.Health.IsDown);
        events.ProbeReached(site);
        events.ProbeReached(site);
        Assert.False(site.Origin.Health.IsDown);
    }
}

using EdgeHost.Counting;
using EdgeHost.Decisions;
using EdgeHost.Metrics;
using EdgeHost.Sites;

namespace EdgeHost.Tests.Metrics;

public sealed class SiteSeriesTests
{
    private static readonly Decision Live = new(DecisionKind.Live, DecisionReason.OriginUsable);

    private readonly SiteSeries series = new();
    private readonly RequestCounts unknown = new(TimeProvider.System);

    [Fact]
    public void The_first_thousand_sites_stand_for_themselves_and_the_others_together()
    {
        // And one more, which every configuration of the tests has.
        var tables = new SiteTableState(Options(0, 1004), TimeProvider.System);
        Visit(tables);
        unknown.Count(new Decision(DecisionKind.Refused, DecisionReason.UnknownHost));

        var counts = Read(tables);

        Assert.Equal(1002, counts.Count);
        Assert.Equal((1, 1, 5, 1), (counts["nova"], counts["s0998"], counts[SiteSeries.Other], counts[SiteSeries.Unknown]));
    }

    [Fact]
    public void A_site_keeps_its_value_and_no_sum_falls_whatever_a_reload_does()
    {
        var tables = new SiteTableState(Options(0, 1004), TimeProvider.System);
        Visit(tables);
        Read(tables);

        // Ten go, and those that had no value get none of theirs.
        tables.Apply(Options(10, 1002));
        Visit(tables);
        var counts = Read(tables);
        Assert.False(counts.ContainsKey("s0009"));
        Assert.False(counts.ContainsKey("s0999"));
        Assert.Equal((2, (3 * 2) + 2), (counts["s0010"], counts[SiteSeries.Other]));

        // All come back, as new ones.
        tables.Apply(Options(0, 1004));
        Visit(tables);
        counts = Read(tables);
        Assert.Equal((1, 3, (3 * 3) + 2 + 2), (counts["s0009"], counts["s0010"], counts[SiteSeries.Other]));
    }

    private static void Visit(SiteTableState tables)
    {
        foreach (var site in tables.Current.Sites)
        {
            site.State.Requests.Count(Live);
        }
    }

    private static EdgeOptions Options(int first, int last) => Some.Options(
        [.. Enumerable.Range(first, last - first).SelectMany(n => new (string, string?)[] { ($"Sites:s{n:0000}:Hosts:0", $"s{n}.example"), ($"Sites:s{n:0000}:Origin", "platform") })]);

    private Dictionary<string, long> Read(SiteTableState tables) => series.Of(tables.Current, unknown)
        .Select(one => (one.Site, Sum: one.Counts.Sum(count => count.Count))).Where(one => one.Sum > 0).ToDictionary(one => one.Site, one => one.Sum);
}

using EdgeHost.Counting;
using EdgeHost.Loops;
using EdgeHost.Sites;

namespace EdgeHost.Metrics;

/// <summary>Looks at each site's count now and then, so that it can be told how many requests there are per second.</summary>
internal sealed class RateLoop(SiteTableState tables, TimeProvider clock, ILogger<RateLoop> log) : TickLoop(RequestRate.Interval, clock, log)
{
    protected override void Tick(CancellationToken stopping)
    {
        tables.Unknown.Sample();
        foreach (var site in tables.Current.Sites)
        {
            site.State.Requests.Sample();
        }
    }
}

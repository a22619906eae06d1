using EdgeHost.Counting;
using EdgeHost.Sites;

namespace EdgeHost.Metrics;

/// <summary>Looks at each site's count now and then, so that it can be told how many requests there are per second.</summary>
internal sealed class RateLoop(SiteTableState tables, TimeProvider clock) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(RequestRate.Interval, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            tables.Unknown.Sample();
            foreach (var site in tables.Current.Sites)
            {
                site.State.Requests.Sample();
            }
        }
    }
}

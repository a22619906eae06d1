using System.Threading.Channels;
using EdgeHost.Sites;

namespace EdgeHost.Evidence;

/// <summary>Which sites the edge is to look at itself, in the order in which that was wanted; <see cref="CheckLoop"/> does.</summary>
internal sealed class CheckOrders
{
    /// <summary>Between two rounds of looks at a site.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(500);

    // An outage of all sites at once needs no look at each: what is over is forgotten, and wanted again by the next who meets it.
    private const int Most = 64;

    private readonly Channel<Site> orders = Channel.CreateBounded<Site>(new BoundedChannelOptions(Most) { FullMode = BoundedChannelFullMode.Wait, SingleReader = true });

    public ChannelReader<Site> Reader => orders.Reader;

    /// <summary>Wants a look, at most once in each interval.</summary>
    public void Order(Site site, TimeSpan interval)
    {
        if (site.State.Checks.Rounds.TryBegin(interval) && !orders.Writer.TryWrite(site))
        {
            site.State.Checks.Rounds.End();
        }
    }
}

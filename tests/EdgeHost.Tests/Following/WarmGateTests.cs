using EdgeHost.Following;
using EdgeHost.SnapshotStore.Sites;

namespace EdgeHost.Tests.Following;

public sealed class WarmGateTests
{
    private static readonly SiteId Large = SiteId.Parse("large");
    private static readonly SiteId Small = SiteId.Parse("small");

    private readonly WarmGate gate = new(4);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact(Timeout = 30_000)]
    public async Task Lets_so_many_in_at_once()
    {
        var entered = await EnterAsync(Large, true, 4);
        var fifth = gate.EnterAsync(Large, true, Cancel);
        Assert.False(fifth.IsCompleted);

        entered[0].Dispose();
        entered[0].Dispose();

        await fifth;
        Assert.False(gate.EnterAsync(Large, true, Cancel).IsCompleted);
    }

    [Fact(Timeout = 30_000)]
    public async Task The_site_with_the_fewest_under_way_is_next()
    {
        var entered = await EnterAsync(Large, true, 4);
        var more = Enumerable.Range(0, 10).Select(_ => gate.EnterAsync(Large, true, Cancel)).ToList();
        var small = gate.EnterAsync(Small, true, Cancel);

        entered[0].Dispose();

        await small;
        Assert.DoesNotContain(more, one => one.IsCompleted);
    }

    [Fact(Timeout = 60_000)]
    public async Task Ten_thousand_sites_take_turns()
    {
        const int Each = 20;
        var one = new WarmGate(1);
        var sites = Enumerable.Range(0, 10_000).Select(n => SiteId.Parse($"site-{n}")).ToList();
        var order = new List<SiteId>();
        var door = await one.EnterAsync(Large, false, Cancel);
        var passing = sites.SelectMany(site => Enumerable.Range(0, Each).Select(_ => PassAsync(site))).ToList();

        door.Dispose();
        await Task.WhenAll(passing);

        Assert.Equal(sites.Count * Each, order.Count);
        Assert.All(order.Chunk(sites.Count), turn => Assert.Equal(sites.Count, turn.Distinct().Count()));

        async Task PassAsync(SiteId site)
        {
            using (await one.EnterAsync(site, false, Cancel))
            {
                order.Add(site);
            }
        }
    }

    [Fact(Timeout = 30_000)]
    public async Task What_is_only_brought_in_has_half_of_the_places_and_none_of_the_others()
    {
        var media = await EnterAsync(Large, false, 2);
        Assert.False(gate.EnterAsync(Large, false, Cancel).IsCompleted);

        Assert.Equal(4, (await EnterAsync(Small, true, 4)).Count);
        Assert.Equal(2, media.Count);
    }

    [Fact(Timeout = 30_000)]
    public async Task Nothing_is_brought_in_while_an_activation_waits()
    {
        var first = await EnterAsync(Small, true, 4);
        var activation = gate.EnterAsync(Small, true, Cancel);
        var media = gate.EnterAsync(Large, false, Cancel);
        Assert.False(media.IsCompleted);

        first[0].Dispose();

        await activation;
        await media;
    }

    [Fact(Timeout = 30_000)]
    public async Task Who_gives_up_takes_no_place()
    {
        var entered = await EnterAsync(Large, true, 4);
        using var cancel = new CancellationTokenSource();
        var gone = gate.EnterAsync(Small, true, cancel.Token);
        var next = gate.EnterAsync(Large, true, Cancel);

        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => gone);
        entered[0].Dispose();

        await next;
    }

    private async Task<List<IDisposable>> EnterAsync(SiteId site, bool isFirst, int times)
    {
        var entered = new List<IDisposable>();
        for (var i = 0; i < times; i++)
        {
            entered.Add(await gate.EnterAsync(site, isFirst, Cancel));
        }

        return entered;
    }
}

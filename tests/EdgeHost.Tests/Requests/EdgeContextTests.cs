using EdgeHost.Requests;
using Microsoft.AspNetCore.Http.Features;

namespace EdgeHost.Tests.Requests;

public sealed class EdgeContextTests
{
    [Fact]
    public void Of_one_connections_requests_each_256th_leaves_the_thread_to_others()
    {
        var context = new EdgeContext(new FeatureCollection());

        var pauses = Enumerable.Range(1, 1000).Where(_ => context.CountRequest()).ToList();

        Assert.Equal([256, 512, 768], pauses);
    }
}

using EdgeHost.Requests;
using Microsoft.AspNetCore.Http.Features;

namespace EdgeHost.Tests.Requests;

public sealed class EdgeContextTests
{
    [Fact]
    public void Of_one_connections_requests_each_256th_leaves_the_thread_to_others()
    {
        var features = new FeatureCollection();
        features.Set<IHttpRequestFeature>(new HttpRequestFeature());
        var context = new EdgeContext(features);

        var pauses = Enumerable.Range(1, 1000).Where(_ => context.CountRequest()).ToList();

        Assert.Equal([256, 512, 768], pauses);
    }
}

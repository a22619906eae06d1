using EdgeHost.Requests;
using Microsoft.AspNetCore.Http.Features;

namespace EdgeHost.Tests.Requests;

public sealed class EdgeContextTests
{
    private const long Near = 250;

    private readonly EdgeContext context;

    public EdgeContextTests()
    {
        var features = new FeatureCollection();
        features.Set<IHttpRequestFeature>(new HttpRequestFeature());
        context = new EdgeContext(features);
    }

    [Fact]
    public void Of_requests_that_were_sent_ahead_each_256th_leaves_the_thread_to_others() => Assert.Equal([256, 512, 768], Pauses(Near - 1));

    [Fact]
    public void Who_waits_for_each_answer_is_never_made_to_wait() => Assert.Empty(Pauses(Near));

    // Of a thousand requests, each that long after the answer to the one before.
    private List<int> Pauses(long after)
    {
        var pauses = new List<int>();
        for (var n = 1; n <= 1000; n++)
        {
            context.AnsweredAt = n * 1_000_000;
            if (context.MustPause(context.AnsweredAt + after, Near))
            {
                pauses.Add(n);
            }
        }

        return pauses;
    }
}

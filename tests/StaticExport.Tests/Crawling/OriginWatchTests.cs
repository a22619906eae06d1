using StaticExport.Crawling;
using StaticExport.Fetching;
using Xunit;

namespace StaticExport.Tests.Crawling;

public sealed class OriginWatchTests
{
    private static readonly FetchFailure Silent = new(FetchFailureKind.NotConnected, "refused");
    private static readonly FetchFailure Error = new(FetchFailureKind.ServerError, "500");

    [Fact]
    public void Sees_that_the_origin_is_gone_after_several_silent_pages_in_a_row()
    {
        var watch = new OriginWatch();

        var verdicts = Enumerable.Range(0, OriginWatch.MostSilent).Select(_ => watch.Saw(Silent)).ToList();

        Assert.All(verdicts[..^1], verdict => Assert.Null(verdict));
        Assert.Equal(StopReason.OriginGone, verdicts[^1]);
    }

    [Fact]
    public void Starts_again_with_each_answer()
    {
        var watch = new OriginWatch();
        for (var i = 0; i < 100; i++)
        {
            Assert.Null(watch.Saw(Silent));
            Assert.Null(watch.Saw(null));
        }
    }

    [Fact]
    public void Has_more_patience_with_an_origin_that_answers_errors()
    {
        var watch = new OriginWatch();

        Assert.All(Enumerable.Range(1, OriginWatch.MostFailed - 1), _ => Assert.Null(watch.Saw(Error)));
        Assert.Equal(StopReason.OriginFailing, watch.Saw(Error));
    }
}

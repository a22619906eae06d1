using Microsoft.Extensions.Time.Testing;
using StaticExport.Fetching;
using Xunit;

namespace StaticExport.Tests.Fetching;

public sealed class RequestPaceTests
{
    [Fact]
    public void Lets_one_request_start_per_delay_however_many_wait()
    {
        var clock = new FakeTimeProvider();
        var pace = new RequestPace(TimeSpan.FromSeconds(1), clock);

        var turns = Enumerable.Range(0, 4).Select(_ => pace.TurnAsync(TestContext.Current.CancellationToken)).ToList();

        Assert.Equal([true, false, false, false], turns.Select(turn => turn.IsCompleted));
        clock.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal([true, true, true, false], turns.Select(turn => turn.IsCompleted));
    }
}

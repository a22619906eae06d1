using EdgeHost.Requests;
using Microsoft.Extensions.Time.Testing;
using Serilog.Events;

namespace EdgeHost.Tests.Requests;

public sealed class BadRequestEventsTests
{
    private readonly FakeTimeProvider clock = new();

    [Fact]
    public void Some_hundreds_are_logged_at_once_and_then_ten_a_second()
    {
        var events = new BadRequestEvents(clock);
        Assert.Equal(BadRequestEvents.MostAtOnce, Logged(events, 1000));

        clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(BadRequestEvents.PerSecond, Logged(events, 1000));
        clock.Advance(TimeSpan.FromMilliseconds(50));
        Assert.Equal(0, Logged(events, 1));
        clock.Advance(TimeSpan.FromHours(1));
        Assert.Equal(BadRequestEvents.MostAtOnce, Logged(events, 1000));
    }

    [Fact]
    public void Other_events_are_not_counted()
    {
        var events = new BadRequestEvents(clock);

        Assert.All(Enumerable.Range(0, 1000), _ => Assert.False(events.IsTooMany(Event("EdgeHost.Following.StoreFollower"))));
        Assert.Equal(BadRequestEvents.MostAtOnce, Logged(events, 1000));
    }

    private static int Logged(BadRequestEvents events, int count) => Enumerable.Range(0, count).Count(_ => !events.IsTooMany(Event("Microsoft.AspNetCore.Server.Kestrel.BadRequests")));

    private static LogEvent Event(string source) =>
        new(Some.Time, LogEventLevel.Debug, null, MessageTemplate.Empty, [new LogEventProperty("SourceContext", new ScalarValue(source))]);
}

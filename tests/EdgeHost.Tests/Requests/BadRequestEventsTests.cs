using EdgeHost.Requests;
using Microsoft.Extensions.Time.Testing;
using Serilog.Events;

namespace EdgeHost.Tests.Requests;

public sealed class BadRequestEventsTests
{
    private readonly FakeTimeProvider clock = new();

    [Fact]
    public void Ten_of_a_second_are_logged()
    {
        var events = new BadRequestEvents(clock);
        Assert.Equal(10, Logged(events, 100));

        clock.Advance(TimeSpan.FromSeconds(0.9));
        Assert.Equal(0, Logged(events, 1));
        clock.Advance(TimeSpan.FromSeconds(0.2));
        Assert.Equal(10, Logged(events, 100));
    }

    [Fact]
    public void Other_events_are_not_counted()
    {
        var events = new BadRequestEvents(clock);

        Assert.All(Enumerable.Range(0, 100), _ => Assert.False(events.IsTooMany(Event("EdgeHost.Following.StoreFollower"))));
        Assert.Equal(10, Logged(events, 100));
    }

    private static int Logged(BadRequestEvents events, int count) => Enumerable.Range(0, count).Count(_ => !events.IsTooMany(Event("Microsoft.AspNetCore.Server.Kestrel.BadRequests")));

    private static LogEvent Event(string source) =>
        new(Some.Time, LogEventLevel.Debug, null, MessageTemplate.Empty, [new LogEventProperty("SourceContext", new ScalarValue(source))]);
}

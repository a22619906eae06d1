using EdgeHost.Requests;
using Microsoft.Extensions.Time.Testing;

namespace EdgeHost.Tests.Requests;

public sealed class PausesTests
{
    private static readonly TimeSpan Soon = Pauses.Near - TimeSpan.FromMicroseconds(1);

    [Fact]
    public void Of_requests_that_were_sent_ahead_each_256th_leaves_the_thread_to_others() => Assert.Equal([257, 513, 769, 1024, 1025], In(1100, Soon));

    [Fact]
    public void Who_takes_a_networks_time_for_the_next_request_is_rarely_made_to_wait() => Assert.Equal([1024, 2048], In(3000, Pauses.Near));

    [Fact]
    public void Bodies_that_are_read_on_after_their_answers_leave_the_thread_to_nobody() => Assert.Equal([257, 513, 769, 1024, 1025], In(1100, TimeSpan.FromSeconds(1), hadBody: true));

    // Of so many requests, each that long after the answer to the one before.
    private static List<int> In(int requests, TimeSpan after, bool hadBody = false)
    {
        var clock = new FakeTimeProvider();
        var pauses = new Pauses(clock);
        clock.Advance(TimeSpan.FromMinutes(1));
        var paused = new List<int>();
        for (var n = 1; n <= requests; n++)
        {
            clock.Advance(after);
            if (pauses.Count(clock.GetTimestamp()))
            {
                paused.Add(n);
            }

            pauses.Answered(clock.GetTimestamp(), hadBody);
        }

        return paused;
    }
}

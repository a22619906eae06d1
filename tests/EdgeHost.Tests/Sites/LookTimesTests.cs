using EdgeHost.Sites;
using EdgeHost.Snapshots;
using Microsoft.Extensions.Time.Testing;

namespace EdgeHost.Tests.Sites;

public sealed class LookTimesTests
{
    private const int PageSlots = 255;

    private readonly FakeTimeProvider clock = new(Some.Time);
    private readonly LookTimes times;

    public LookTimesTests() => times = new LookTimes(clock);

    [Theory]
    [InlineData("/")]
    [InlineData("/about")]
    [InlineData("/?page=2")]
    public void A_page_is_due_once_a_second(string target)
    {
        Assert.True(IsDue(target));
        Assert.False(IsDue(target));
        clock.Advance(TimeSpan.FromSeconds(0.999));
        Assert.False(IsDue(target));
        clock.Advance(TimeSpan.FromSeconds(0.001));
        Assert.True(IsDue(target));
        Assert.False(IsDue(target));
    }

    [Fact]
    public void The_home_page_has_its_turn_whatever_else_is_asked_for()
    {
        // So many that each place is taken.
        Assert.InRange(DueOf(10_000), PageSlots - 2, PageSlots);
        Assert.True(IsDue("/"));
        Assert.Equal(0, DueOf(10_000));
        clock.Advance(TimeSpan.FromSeconds(1));
        Assert.True(IsDue("/"));
        Assert.InRange(DueOf(10_000), PageSlots - 2, PageSlots);
    }

    // By hashes that differ from process to process: 83 in the mean.
    [Fact]
    public void Most_pages_have_a_place_of_their_own() => Assert.InRange(DueOf(100), 60, 100);

    [Fact]
    public async Task Two_who_come_at_once_are_one()
    {
        using var clock = new MeetingClock();
        var met = new LookTimes(clock);

        var due = await Task.WhenAll(Enumerable.Range(0, 2).Select(_ => Task.Run(() => met.IsDue(Page("/")), TestContext.Current.CancellationToken)));

        Assert.Single(due, isDue => isDue);
    }

    private int DueOf(int pages) => Enumerable.Range(0, pages).Count(i => IsDue($"/page-{i}"));

    private bool IsDue(string target) => times.IsDue(Page(target));

    private static PageAddress Page(string target) => new("http", Some.Host, Some.Target(target));

    /// <summary>A moment at which two ask for the time, each of whom has seen what was before it.</summary>
    private sealed class MeetingClock : TimeProvider, IDisposable
    {
        private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

        private readonly Barrier barrier = new(participantCount: 2);

        public override long GetTimestamp()
        {
            Assert.True(barrier.SignalAndWait(Patience), "the other one has not come");
            return 1;
        }

        public void Dispose() => barrier.Dispose();
    }
}

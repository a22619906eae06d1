using EdgeHost.Snapshots;

namespace EdgeHost.Sites;

/// <summary>When which pages of a site were last looked at: each about once a second, however often it is asked for. In a fixed small room, by hash.</summary>
internal sealed class LookTimes(TimeProvider clock)
{
    private const int Slots = 256;

    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    // Sites that nobody visits need none.
    private long[]? lastAt;

    /// <summary>Takes the turn, if it is the page's.</summary>
    public bool IsDue(PageAddress page)
    {
        // The home page has a slot of its own: nothing is said of a site without it.
        ref var last = ref LazyInitializer.EnsureInitialized(ref lastAt, static () => new long[Slots])[page.IsHome ? 0 : 1 + ((page.Target.GetHashCode() & int.MaxValue) % (Slots - 1))];
        var (before, now) = (Volatile.Read(ref last), clock.GetTimestamp());
        return (before == 0 || clock.GetElapsedTime(before, now) >= Interval) && Interlocked.CompareExchange(ref last, now, before) == before;
    }
}

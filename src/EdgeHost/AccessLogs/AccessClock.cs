namespace EdgeHost.AccessLogs;

/// <summary>The time of day by the timestamps that requests are timed with, so that a request looks at one clock and not at two. It follows a change of the time of day within a second.</summary>
internal sealed class AccessClock(TimeProvider clock)
{
    private static readonly TimeSpan Follow = TimeSpan.FromSeconds(1);

    private volatile Pair known = new(clock.GetTimestamp(), clock.GetUtcNow());

    /// <param name="timestamp">Of now.</param>
    public DateTimeOffset At(long timestamp)
    {
        var pair = known;
        var since = clock.GetElapsedTime(pair.Timestamp, timestamp);
        if (since > Follow)
        {
            known = pair = new Pair(timestamp, clock.GetUtcNow());
            since = TimeSpan.Zero;
        }

        return pair.Utc + since;
    }

    private sealed record Pair(long Timestamp, DateTimeOffset Utc);
}

namespace EdgeHost.Counting;

/// <summary>From a count that only grows, looked at now and then, to how fast it has grown in the last minute. So a request has no clock to read for it.</summary>
internal sealed class RequestRate
{
    /// <summary>How often to <see cref="Sample"/>.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    private readonly Lock looking = new();
    private readonly TimeProvider clock;
    private readonly Queue<(long At, long Total)> samples = new();

    public RequestRate(TimeProvider clock)
    {
        this.clock = clock;
        samples.Enqueue((clock.GetTimestamp(), 0));
    }

    public void Sample(long total)
    {
        lock (looking)
        {
            samples.Enqueue((clock.GetTimestamp(), total));
            // The first is the newest of those that are a minute old.
            while (samples.Count > 1 && clock.GetElapsedTime(samples.ElementAt(1).At) >= Window)
            {
                samples.Dequeue();
            }
        }
    }

    /// <param name="total">The count now.</param>
    public double PerSecond(long total)
    {
        lock (looking)
        {
            var (at, before) = samples.Peek();
            // The first request after a start is not a thousand per second.
            var elapsed = clock.GetElapsedTime(at);
            return (total - before) / (elapsed > Interval ? elapsed : Interval).TotalSeconds;
        }
    }
}

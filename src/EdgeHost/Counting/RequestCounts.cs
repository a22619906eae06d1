using EdgeHost.Decisions;

namespace EdgeHost.Counting;

/// <summary>How requests were answered, since the start and lately. A request pays one increment; everything else is summed up when somebody asks.</summary>
internal sealed class RequestCounts(TimeProvider clock)
{
    private static readonly int Kinds = Enum.GetValues<DecisionKind>().Length;
    private static readonly int Reasons = Enum.GetValues<DecisionReason>().Length;

    private readonly long[] counts = new long[Kinds * Reasons];
    private readonly RequestRate rate = new(clock);

    /// <summary>All of them.</summary>
    public long Total
    {
        get
        {
            long total = 0;
            for (var i = 0; i < counts.Length; i++)
            {
                total += Volatile.Read(ref counts[i]);
            }

            return total;
        }
    }

    /// <summary>How many per second there were in the last minute.</summary>
    public double PerSecond => rate.PerSecond(Total);

    /// <summary>Those that there have been.</summary>
    public IEnumerable<DecisionCount> All
    {
        get
        {
            for (var i = 0; i < counts.Length; i++)
            {
                if (Volatile.Read(ref counts[i]) is var count and > 0)
                {
                    yield return new DecisionCount((DecisionKind)(i / Reasons), (DecisionReason)(i % Reasons), count);
                }
            }
        }
    }

    public void Count(in Decision decision) => Interlocked.Increment(ref counts[((int)decision.Kind * Reasons) + (int)decision.Reason]);

    /// <summary>Remembers how many there are now; each <see cref="RequestRate.Interval"/>.</summary>
    public void Sample() => rate.Sample(Total);
}

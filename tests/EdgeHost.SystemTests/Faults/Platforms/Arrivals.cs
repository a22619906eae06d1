using System.Collections.Concurrent;
using System.Diagnostics;

namespace EdgeHost.SystemTests.Faults.Platforms;

/// <summary>What has reached a platform, counted where it arrives: only there can be seen what was sent twice, and how much came in a second.</summary>
internal sealed class Arrivals
{
    private readonly ConcurrentDictionary<string, int> byId = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<(long At, bool HasId)> visits = new();
    private int probes;

    public int Probes => Volatile.Read(ref probes);

    public void Add(PlatformRequest request)
    {
        if (request.IsProbe)
        {
            Interlocked.Increment(ref probes);
            return;
        }

        visits.Enqueue((Stopwatch.GetTimestamp(), request.Id is not null));
        if (request.Id is { } id)
        {
            byId.AddOrUpdate($"{request.Method} {id}", 1, static (_, count) => count + 1);
        }
    }

    /// <summary>How often a request with this id has come.</summary>
    public int Of(string method, string id) => byId.GetValueOrDefault($"{method} {id}");

    /// <summary>The requests without an id between two moments: those for what a snapshot holds.</summary>
    public int Pages(long from, long to) => visits.Count(visit => visit.At >= from && visit.At < to && !visit.HasId);

    /// <summary>The most requests within any one second that begins between two moments and ends before the second.</summary>
    public int MostPerSecond(long from, long to)
    {
        var times = visits.Select(visit => visit.At).Where(at => at >= from && at < to).Order().ToArray();
        var (most, first) = (0, 0);
        for (var last = 0; last < times.Length; last++)
        {
            while (times[last] - times[first] >= Stopwatch.Frequency)
            {
                first++;
            }

            most = Math.Max(most, last - first + 1);
        }

        return most;
    }
}

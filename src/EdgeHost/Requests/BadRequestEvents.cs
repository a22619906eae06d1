using Serilog.Core;
using Serilog.Events;

namespace EdgeHost.Requests;

/// <summary>What the server says in the event log of requests that it could not read: ten times a second at most. Whoever sends many of them must neither fill the log nor hold up those who write it.</summary>
internal sealed class BadRequestEvents(TimeProvider clock)
{
    private const string Source = "Microsoft.AspNetCore.Server.Kestrel.BadRequests";
    private const int MostPerSecond = 10;

    private readonly Lock counting = new();
    private long since = clock.GetTimestamp();
    private int count;

    /// <summary>Whether an event is one of those, and too many have come before it.</summary>
    public bool IsTooMany(LogEvent entry) =>
        entry.Properties.TryGetValue(Constants.SourceContextPropertyName, out var source) && source is ScalarValue { Value: Source } && !TryTake();

    private bool TryTake()
    {
        lock (counting)
        {
            if (clock.GetElapsedTime(since) >= TimeSpan.FromSeconds(1))
            {
                (since, count) = (clock.GetTimestamp(), 0);
            }

            return ++count <= MostPerSecond;
        }
    }
}

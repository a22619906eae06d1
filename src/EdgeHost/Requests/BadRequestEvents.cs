using Serilog.Core;
using Serilog.Events;

namespace EdgeHost.Requests;

/// <summary>
/// What the server says in the event log of requests that it could not read: some hundreds at once, and then ten a second. Whoever sends many of them must neither fill the log
/// nor hold up those who write it.
/// </summary>
internal sealed class BadRequestEvents(TimeProvider clock)
{
    public const int MostAtOnce = 300;
    public const int PerSecond = 10;

    private const string Source = "Microsoft.AspNetCore.Server.Kestrel.BadRequests";

    private readonly Lock counting = new();
    private long lookedAt = clock.GetTimestamp();
    private double left = MostAtOnce;

    /// <summary>Whether an event is one of those, and too many have come before it.</summary>
    public bool IsTooMany(LogEvent entry) =>
        entry.Properties.TryGetValue(Constants.SourceContextPropertyName, out var source) && source is ScalarValue { Value: Source } && !TryTake();

    private bool TryTake()
    {
        lock (counting)
        {
            var now = clock.GetTimestamp();
            left = Math.Min(MostAtOnce, left + (clock.GetElapsedTime(lookedAt, now).TotalSeconds * PerSecond));
            lookedAt = now;
            if (left < 1)
            {
                return false;
            }

            left--;
            return true;
        }
    }
}

namespace StaticExport.Fetching;

/// <summary>Keeps a least time between the starts of two requests, however many run at once.</summary>
internal sealed class RequestPace(TimeSpan delay, TimeProvider clock)
{
    private readonly Lock gate = new();
    private readonly long began = clock.GetTimestamp();
    private TimeSpan next;

    public Task TurnAsync(CancellationToken cancellationToken)
    {
        if (delay <= TimeSpan.Zero)
        {
            return Task.CompletedTask;
        }

        TimeSpan wait;
        lock (gate)
        {
            var now = clock.GetElapsedTime(began);
            var start = next > now ? next : now;
            next = start + delay;
            wait = start - now;
        }

        return wait > TimeSpan.Zero ? Task.Delay(wait, clock, cancellationToken) : Task.CompletedTask;
    }
}

namespace EdgeHost.Health;

/// <summary>Lets one request at a time, and one in each interval, find out how the platform is: nobody else waits for what may be a black hole.</summary>
internal sealed class TrickleGate(TimeProvider clock)
{
    private readonly Lock gate = new();
    private bool isUnderWay;
    private long? startedAt;

    /// <summary>Takes the place if it is free; give it back with <see cref="End"/>.</summary>
    public bool TryBegin(TimeSpan interval)
    {
        lock (gate)
        {
            if (isUnderWay || (startedAt is { } last && clock.GetElapsedTime(last) < interval))
            {
                return false;
            }

            startedAt = clock.GetTimestamp();
            isUnderWay = true;
            return true;
        }
    }

    public void End()
    {
        lock (gate)
        {
            isUnderWay = false;
        }
    }
}

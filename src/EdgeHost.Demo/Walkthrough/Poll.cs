namespace EdgeHost.Demo.Walkthrough;

internal static class Poll
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(150);

    /// <summary>Asks again and again until it is so; false when the time is up.</summary>
    public static async Task<bool> UntilAsync(
        Func<CancellationToken, Task<bool>> condition, TimeSpan atMost, TimeProvider time, CancellationToken cancellation)
    {
        var started = time.GetTimestamp();
        while (!await condition(cancellation))
        {
            if (time.GetElapsedTime(started) > atMost)
            {
                return false;
            }

            await Task.Delay(Interval, time, cancellation);
        }

        return true;
    }
}

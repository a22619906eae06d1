namespace EdgeHost.Demo.Walkthrough.Staging;

internal static class Poll
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(150);

    /// <summary>Asks again and again until it is so; false when the time is up.</summary>
    public static async Task<bool> UntilAsync(
        Func<CancellationToken, Task<bool>> condition, TimeSpan atMost, TimeProvider clock, CancellationToken cancellationToken)
    {
        var started = clock.GetTimestamp();
        while (!await condition(cancellationToken))
        {
            if (clock.GetElapsedTime(started) > atMost)
            {
                return false;
            }

            await Task.Delay(Interval, clock, cancellationToken);
        }

        return true;
    }
}

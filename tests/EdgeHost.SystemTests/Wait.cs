using System.Diagnostics;

namespace EdgeHost.SystemTests;

/// <summary>Waits for something that another process does. Bounded, and says what did not come.</summary>
internal static class Wait
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(20);

    public static Task ForAsync(TimeSpan time, CancellationToken cancellationToken) => Task.Delay(time, TimeProvider.System, cancellationToken);

    public static Task<TimeSpan> UntilAsync(string what, TimeSpan within, Func<bool> condition, CancellationToken cancellationToken) =>
        UntilAsync(what, within, () => Task.FromResult(condition()), cancellationToken);

    /// <summary>How long it took.</summary>
    public static async Task<TimeSpan> UntilAsync(string what, TimeSpan within, Func<Task<bool>> condition, CancellationToken cancellationToken)
    {
        var began = Stopwatch.GetTimestamp();
        while (!await condition())
        {
            if (Stopwatch.GetElapsedTime(began) > within)
            {
                throw new TimeoutException($"Not within {within.TotalSeconds:0.#} s: {what}");
            }

            await ForAsync(Interval, cancellationToken);
        }

        return Stopwatch.GetElapsedTime(began);
    }
}

using System.Diagnostics;

namespace EdgeHost.TestParts.Time;

/// <summary>Waits for an event that nobody signals. Bounded, and says what did not come.</summary>
public static class Wait
{
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(10);

    public static Task ForAsync(TimeSpan time, CancellationToken cancellationToken) => Task.Delay(time, TimeProvider.System, cancellationToken);

    public static Task UntilAsync(string what, Func<bool> condition) => UntilAsync(what, () => Task.FromResult(condition()));

    public static Task UntilAsync(string what, Func<Task<bool>> condition) => UntilAsync(what, Bound, condition, TestContext.Current.CancellationToken);

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

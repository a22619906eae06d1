using System.Collections.Concurrent;

namespace EdgeHost.Replicas;

/// <summary>
/// Blobs that visitors wait for. Each is fetched once for all of them, none waits long, and one that could not be had is not asked for again at once:
/// a store that takes its time to fail must not take each visitor's.
/// </summary>
internal sealed class BlobFlights(TimeProvider clock)
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan LongestFetch = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan RememberFailure = TimeSpan.FromSeconds(5);

    private readonly ConcurrentDictionary<string, Lazy<Task<bool>>> flights = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, long> failures = new(StringComparer.Ordinal);

    /// <summary>Runs <paramref name="fetch"/> unless it runs for this path already or has just failed.</summary>
    /// <returns>False when it failed, or is not done in time; it goes on then, for those who come later.</returns>
    public async Task<bool> RunAsync(string path, Func<CancellationToken, Task<bool>> fetch, CancellationToken cancellationToken)
    {
        if (failures.TryGetValue(path, out var failedAt) && clock.GetElapsedTime(failedAt) < RememberFailure)
        {
            return false;
        }

        var flight = flights.GetOrAdd(path, _ => new Lazy<Task<bool>>(() => FlyAsync(path, fetch)));
        try
        {
            return await flight.Value.WaitAsync(LongestWait, clock, cancellationToken);
        }
        catch (TimeoutException)
        {
            failures[path] = clock.GetTimestamp();
            return false;
        }
    }

    private async Task<bool> FlyAsync(string path, Func<CancellationToken, Task<bool>> fetch)
    {
        // So that it is in the table before it is taken out of it.
        await Task.Yield();
        var done = false;
        try
        {
            // Not the token of whoever came first: the others would be cancelled with it.
            using var limit = new CancellationTokenSource(LongestFetch, clock);
            return done = await fetch(limit.Token);
        }
        catch (OperationCanceledException)
        {
            return false;
        }
        finally
        {
            if (done)
            {
                failures.TryRemove(path, out _);
            }
            else
            {
                failures[path] = clock.GetTimestamp();
            }

            flights.TryRemove(path, out _);
        }
    }
}

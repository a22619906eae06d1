using System.Collections.Concurrent;

namespace EdgeHost.Replicas;

/// <summary>
/// Blobs that are on their way. Each is fetched once for all who want it; no visitor waits long, none ends it for the others by going away, and one that could not be had is not
/// asked for again at once: a store that takes its time to fail must not take each visitor's.
/// </summary>
internal sealed class BlobFlights(StoreBreaker breaker, TimeProvider clock) : IDisposable
{
    /// <summary>How long a visitor waits.</summary>
    public static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(2);

    /// <summary>How long a blob that could not be had is not asked for again for a visitor.</summary>
    public static readonly TimeSpan RetryInterval = TimeSpan.FromSeconds(5);

    // At once, for visitors; with those that wait for their turn, each no longer than a visitor does, not more than the next.
    private const int MostFetches = 32;
    private const int MostLargeFetches = 4;
    private const long LargeFrom = 16 * 1024 * 1024;
    private const int MostFlights = 1024;
    private const int MostFailures = 10_000;
    private const int SlowestBytesPerSecond = 100_000;

    private readonly ConcurrentDictionary<string, Lazy<Task<FetchResult>>> flights = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, long> failures = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim places = new(MostFetches);

    // Those take minutes: films that are asked for must not keep pages and pictures waiting.
    private readonly SemaphoreSlim largePlaces = new(MostLargeFetches);
    private int underWay;

    /// <summary>For a visitor: runs <paramref name="fetch"/> unless it runs for this path already, has just failed, or the store is left alone.</summary>
    /// <returns>Also when it is not done in time; it goes on then, for those who come later.</returns>
    public async Task<FetchResult> RunAsync(string path, long length, Func<CancellationToken, Task<FetchResult>> fetch, CancellationToken cancellationToken)
    {
        if (HasJustFailed(path))
        {
            return default;
        }

        if (!flights.TryGetValue(path, out var flight))
        {
            if (!breaker.MayEnter || Volatile.Read(ref underWay) >= MostFlights || !HasRoomForFailure())
            {
                return default;
            }

            flight = flights.GetOrAdd(path, _ => new Lazy<Task<FetchResult>>(() => FlyAsync(path, length, fetch, forVisitor: true)));
        }

        try
        {
            return await flight.Value.WaitAsync(LongestWait, clock, cancellationToken);
        }
        catch (TimeoutException)
        {
            Remember(path);
            return default;
        }
    }

    /// <summary>For what nobody waits for: as long as it takes, and in a place that whoever calls has found for it.</summary>
    /// <param name="path">Where the blob goes.</param>
    /// <param name="length">Its length.</param>
    /// <param name="again">Whether it is asked for though it has just failed.</param>
    /// <param name="fetch">Brings it.</param>
    /// <param name="cancellationToken">Ends the waiting, and not the fetch.</param>
    public async Task<FetchResult> JoinAsync(string path, long length, bool again, Func<CancellationToken, Task<FetchResult>> fetch, CancellationToken cancellationToken)
    {
        if (!again && HasJustFailed(path))
        {
            return default;
        }

        var result = await FlightAsync();
        // A visitor's, which has waited for a place in vain: nobody was asked.
        return again && result.Outcome == FetchOutcome.Refused && breaker.MayEnter ? await FlightAsync() : result;

        Task<FetchResult> FlightAsync() =>
            flights.GetOrAdd(path, _ => new Lazy<Task<FetchResult>>(() => FlyAsync(path, length, fetch, forVisitor: false, again))).Value.WaitAsync(cancellationToken);
    }

    public void Dispose()
    {
        places.Dispose();
        largePlaces.Dispose();
    }

    /// <summary>How long so many bytes may take over the thinnest line that is good enough.</summary>
    public static TimeSpan TransferTime(long length) => TimeSpan.FromSeconds(length / (double)SlowestBytesPerSecond);

    private async Task<FetchResult> FlyAsync(string path, long length, Func<CancellationToken, Task<FetchResult>> fetch, bool forVisitor, bool again = false)
    {
        // So that it is in the table before it is taken out of it.
        await Task.Yield();
        Interlocked.Increment(ref underWay);
        var place = length >= LargeFrom ? largePlaces : places;
        var result = default(FetchResult);
        try
        {
            // Once more: the flight before may have failed between the look at the failures and the look at the flights.
            if ((again || !HasJustFailed(path)) && (!forVisitor || await HasPlaceAsync(place)))
            {
                try
                {
                    // Not the token of whoever came first: the others would be cancelled with it.
                    using var limit = new CancellationTokenSource(LongestFetch(length), clock);
                    result = await fetch(limit.Token);
                }
                finally
                {
                    if (forVisitor)
                    {
                        place.Release();
                    }
                }
            }

            return result;
        }
        catch (Exception e)
        {
            // The top of a task. Whatever it is, out of time or a fault of ours, it is one for all who wait, and not tried again at once.
            return result = new FetchResult(FetchOutcome.Failed, Problem: e);
        }
        finally
        {
            // Where nobody was asked, nothing has failed.
            if (result.IsHad)
            {
                failures.TryRemove(path, out _);
            }
            else if (result.Outcome != FetchOutcome.Refused)
            {
                Remember(path);
            }

            flights.TryRemove(path, out _);
            Interlocked.Decrement(ref underWay);
        }
    }

    private async Task<bool> HasPlaceAsync(SemaphoreSlim place)
    {
        using var limit = new CancellationTokenSource(LongestWait, clock);
        try
        {
            await place.WaitAsync(limit.Token);
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    private void Remember(string path)
    {
        if (HasRoomForFailure())
        {
            failures[path] = clock.GetTimestamp();
        }
    }

    private bool HasJustFailed(string path) => failures.TryGetValue(path, out var failedAt) && clock.GetElapsedTime(failedAt) < RetryInterval;

    // Forgets what may be asked for again. So many failures within seconds mean that the store is of no use now.
    private bool HasRoomForFailure()
    {
        if (failures.Count < MostFailures)
        {
            return true;
        }

        foreach (var failure in failures)
        {
            if (clock.GetElapsedTime(failure.Value) >= RetryInterval)
            {
                failures.TryRemove(failure);
            }
        }

        return failures.Count < MostFailures;
    }

    private static TimeSpan LongestFetch(long length) => TimeSpan.FromMinutes(1) + TransferTime(length);
}

using System.Collections.Concurrent;
using System.Collections.Immutable;
using EdgeHost.Replicas;
using EdgeHost.SnapshotStore;
using EdgeHost.SnapshotStore.Blobs;
using EdgeHost.SnapshotStore.Manifests;
using EdgeHost.SnapshotStore.Sites;

namespace EdgeHost.Following;

/// <summary>Brings in what an activation did not wait for, one snapshot of each site at a time, and goes on until all of it is here. What visitors ask for meanwhile comes at once, and once.</summary>
internal sealed partial class SiteFills(Replica replica, WarmGate gate, StoreOptions options, TimeProvider clock, ILogger log) : IDisposable
{
    // Not before the replica asks again for what has failed.
    private static readonly TimeSpan RetryAfter = BlobFlights.RetryInterval;

    private readonly ConcurrentDictionary<SiteId, Fill> fills = new();
    private readonly CancellationTokenSource stopping = new();

    /// <summary>What is still to come of a site.</summary>
    public (int Bodies, long Bytes) LeftOf(SiteId site) => fills.TryGetValue(site, out var fill) ? (Volatile.Read(ref fill.Bodies), Volatile.Read(ref fill.Bytes)) : default;

    /// <summary>Begins; what was under way for the site's snapshot before is given up.</summary>
    /// <param name="site">Whose.</param>
    /// <param name="snapshot">Which snapshot.</param>
    /// <param name="bodies">What is to come.</param>
    /// <param name="whenDone">Called with what the store lacks, until neither store nor disk prevents it; not when it is given up.</param>
    public void Start(SiteId site, SnapshotId snapshot, ImmutableArray<StoredBody> bodies, Func<IReadOnlySet<BlobHash>, CancellationToken, Task> whenDone)
    {
        Stop(site);
        var fill = new Fill(CancellationTokenSource.CreateLinkedTokenSource(stopping.Token)) { Bodies = bodies.Length, Bytes = bodies.Sum(body => body.Length) };
        fills[site] = fill;
        _ = RunAsync(site, snapshot, bodies, fill, whenDone);
    }

    public void Stop(SiteId site)
    {
        if (fills.TryRemove(site, out var fill))
        {
            fill.Cancel.CancelIfRunning();
        }
    }

    public void Dispose()
    {
        stopping.Cancel();
        stopping.Dispose();
    }

    private async Task RunAsync(SiteId site, SnapshotId snapshot, ImmutableArray<StoredBody> bodies, Fill fill, Func<IReadOnlySet<BlobHash>, CancellationToken, Task> whenDone)
    {
        await Task.Yield();
        using var owned = fill.Cancel;
        try
        {
            var lacking = new ConcurrentBag<BlobHash>();
            // The small ones first: most of what visitors ask for is among them.
            for (IReadOnlyCollection<StoredBody> left = [.. bodies.OrderBy(body => body.Length)]; left.Count > 0;)
            {
                left = await PassAsync(site, left, lacking, fill);
                if (left.Count > 0)
                {
                    await Task.Delay(Backoff.Jittered(RetryAfter), clock, fill.Cancel.Token);
                }
            }

            await RecordAsync(site, snapshot, lacking.ToHashSet(), fill, whenDone);
            LogFilled(site, snapshot, bodies.Length, lacking.Count);
            fills.TryRemove(new(site, fill));
        }
        catch (Exception) when (fill.Cancel.IsCancellationRequested)
        {
            // Another snapshot is the active one, or the edge stops.
        }
        catch (Exception e)
        {
            // The top of a task. Visitors still bring what they ask for; a restart begins anew.
            LogBroken(e, site, snapshot);
        }
    }

    // Until this is done a restart serves the snapshot before: a store or a disk that fails just then must not leave it at that.
    private async Task RecordAsync(SiteId site, SnapshotId snapshot, IReadOnlySet<BlobHash> lacking, Fill fill, Func<IReadOnlySet<BlobHash>, CancellationToken, Task> whenDone)
    {
        for (var isSaid = false; ; isSaid = true)
        {
            try
            {
                await whenDone(lacking, fill.Cancel.Token);
                return;
            }
            catch (Exception e) when (!fill.Cancel.IsCancellationRequested && (e is StoreException || DiskFault.Is(e)))
            {
                if (!isSaid)
                {
                    LogNotRecorded(e, site, snapshot);
                }

                await Task.Delay(Backoff.Jittered(RetryAfter), clock, fill.Cancel.Token);
            }
        }
    }

    // What could not be had.
    private async Task<IReadOnlyCollection<StoredBody>> PassAsync(SiteId site, IReadOnlyCollection<StoredBody> bodies, ConcurrentBag<BlobHash> lacking, Fill fill)
    {
        var left = new ConcurrentBag<StoredBody>();
        await Parallel.ForEachAsync(bodies, new ParallelOptions { MaxDegreeOfParallelism = options.WarmConcurrency, CancellationToken = fill.Cancel.Token }, async (body, cancel) =>
        {
            FetchOutcome outcome;
            using (await gate.EnterAsync(site, isFirst: false, cancel))
            {
                outcome = await replica.FillAsync(site, body.Hash, body.Length, cancel);
            }

            if (outcome is FetchOutcome.Absent or FetchOutcome.Wrong)
            {
                lacking.Add(body.Hash);
            }

            if (outcome is FetchOutcome.Here or FetchOutcome.Absent or FetchOutcome.Wrong)
            {
                Interlocked.Decrement(ref fill.Bodies);
                Interlocked.Add(ref fill.Bytes, -body.Length);
            }
            else
            {
                left.Add(body);
            }
        });
        return left;
    }

    private sealed class Fill(CancellationTokenSource cancel)
    {
        public int Bodies;
        public long Bytes;

        public CancellationTokenSource Cancel => cancel;
    }

    [LoggerMessage(EventId = 203, Level = LogLevel.Information, Message = "Snapshot {Snapshot} of site {Site} is wholly in the replica ({Bodies} bodies came after its activation, {Missing} are missing)")]
    private partial void LogFilled(SiteId site, SnapshotId snapshot, int bodies, int missing);

    [LoggerMessage(EventId = 204, Level = LogLevel.Error, Message = "The rest of snapshot {Snapshot} of site {Site} could not be brought in")]
    private partial void LogBroken(Exception e, SiteId site, SnapshotId snapshot);

    [LoggerMessage(EventId = 205, Level = LogLevel.Warning, Message = "Snapshot {Snapshot} of site {Site} is in the replica, which could not be recorded; it is tried again")]
    private partial void LogNotRecorded(Exception e, SiteId site, SnapshotId snapshot);
}

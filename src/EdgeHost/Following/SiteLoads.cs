using System.Collections.Concurrent;
using EdgeHost.Replicas;
using EdgeHost.Sites;
using EdgeHost.SnapshotStore.Manifests;
using EdgeHost.SnapshotStore.Publishing;

namespace EdgeHost.Following;

/// <summary>Which site's snapshot is being brought in, and when one that could not be is tried again. Each site on its own: a large or broken one does not hold up the others.</summary>
internal sealed partial class SiteLoads(SnapshotLoader loader, TimeProvider clock, ILogger<SiteLoads> log) : IDisposable
{
    private const int MostAtOnce = 16;

    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan RetryMissingAfter = TimeSpan.FromSeconds(30);

    private readonly ConcurrentDictionary<string, (SnapshotId Snapshot, long At)> retries = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, (SnapshotId Snapshot, CancellationTokenSource Cancel)> underWay = new(StringComparer.Ordinal);

    // Each has a whole manifest in memory.
    private readonly SemaphoreSlim filling = new(MostAtOnce);
    private readonly SemaphoreSlim changing = new(MostAtOnce);

    // By which policy what is served was brought in: a reload may have changed it.
    private readonly ConcurrentDictionary<string, ReplicaPolicy> policies = new(StringComparer.Ordinal);

    /// <summary>Sees to it that the active snapshot is served, or on its way. Returns at once.</summary>
    public void Ensure(Site site, SitePublication publication, CancellationToken stopping)
    {
        if (underWay.TryGetValue(site.IdText, out var other))
        {
            if (other.Snapshot != publication.Active?.Snapshot)
            {
                // Nobody wants that one any more, and the right one waits for its place.
                other.Cancel.CancelIfRunning();
            }
        }
        else if (publication.Active is { } active && !IsWhole(site, active) && !MustWait(site, active))
        {
            var cancel = CancellationTokenSource.CreateLinkedTokenSource(stopping);
            underWay[site.IdText] = (active.Snapshot, cancel);
            _ = LoadAsync(site, publication, active.Snapshot, cancel);
        }
    }

    /// <summary>Serves what the replica holds of a site. Whatever is wrong with that, the edge goes on, and the other sites are served.</summary>
    public void Restore(Site site, SitePublication publication)
    {
        try
        {
            loader.Restore(site, publication);
        }
        catch (Exception e)
        {
            LogNotRestored(e, site.IdText);
        }
    }

    public void Dispose()
    {
        filling.Dispose();
        changing.Dispose();
    }

    private bool IsWhole(Site site, SnapshotReference active) => site.State.Snapshot is { Missing: 0, IsBroken: false } served && served.Reference.Snapshot == active.Snapshot
        && policies.GetValueOrDefault(site.IdText, site.Replica) == site.Replica;

    private bool MustWait(Site site, SnapshotReference active) =>
        retries.TryGetValue(site.IdText, out var retry) && retry.Snapshot == active.Snapshot && clock.GetTimestamp() < retry.At;

    private async Task LoadAsync(Site site, SitePublication publication, SnapshotId wanted, CancellationTokenSource cancel)
    {
        await Task.Yield();
        using var owned = cancel;
        // A change of what is served does not wait behind ten thousand sites that an empty replica is filled with.
        var inTurn = site.State.Snapshot is null ? filling : changing;
        try
        {
            await inTurn.WaitAsync(cancel.Token);
            try
            {
                await loader.LoadAsync(site, publication, cancel.Token);
            }
            finally
            {
                inTurn.Release();
            }

            policies[site.IdText] = site.Replica;
            if (site.State.Publication.Active?.Snapshot == wanted)
            {
                // Only where bodies are missing: the store may have them again by then.
                Retry(site, wanted, RetryMissingAfter);
            }
        }
        catch (Exception e) when (!cancel.IsCancellationRequested)
        {
            // The top of a task: whatever is wrong with the new snapshot, the one before stays, and it is tried again.
            Retry(site, wanted, RetryAfter);
            if (site.State.SnapshotProblem != e.Message)
            {
                LogNotLoaded(e, site.IdText, wanted);
            }

            site.State.SnapshotProblem = e.Message;
            if (site.State.Snapshot is null or { IsBroken: true })
            {
                // A site that a reload has added, while the store is gone: it may have been here before. And one whose index could not be read: perhaps it can be now.
                Restore(site, publication);
            }
        }
        catch (Exception) when (cancel.IsCancellationRequested)
        {
            // Stopping, or another snapshot is the active one by now.
        }
        finally
        {
            underWay.TryRemove(site.IdText, out _);
        }
    }

    private void Retry(Site site, SnapshotId wanted, TimeSpan after) =>
        retries[site.IdText] = (wanted, clock.GetTimestamp() + (long)(after.TotalSeconds * clock.TimestampFrequency));

    [LoggerMessage(EventId = 212, Level = LogLevel.Error, Message = "Snapshot {Snapshot} of site {Site} can't be used; what was served before is served on, and it is tried again")]
    private partial void LogNotLoaded(Exception e, string site, SnapshotId snapshot);

    [LoggerMessage(EventId = 215, Level = LogLevel.Error, Message = "What the replica holds of site {Site} can't be used; the store is waited for")]
    private partial void LogNotRestored(Exception e, string site);
}

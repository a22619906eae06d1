using System.Collections.Concurrent;
using EdgeHost.Sites;
using EdgeHost.SnapshotStore;
using EdgeHost.SnapshotStore.Manifests;
using EdgeHost.SnapshotStore.Publishing;

namespace EdgeHost.Following;

/// <summary>Follows the store: restores from the replica before the first request, then polls the journals and brings in what they activate. A store that is gone changes nothing for visitors.</summary>
internal sealed partial class StoreFollower(StoreView view, SnapshotLoader loader, SiteTableState tables, TimeProvider clock, ILogger<StoreFollower> log) : BackgroundService
{
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan RetryMissingAfter = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan LargestClockOffset = TimeSpan.FromSeconds(5);

    private readonly ConcurrentDictionary<string, (SnapshotId Snapshot, long At)> retries = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, (SnapshotId Snapshot, CancellationTokenSource Cancel)> loading = new(StringComparer.Ordinal);
    private volatile StoreCondition condition = new("unknown", null, clock.GetUtcNow());
    private bool clockWarned;

    public StoreCondition Condition => condition;

    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        // Before the listener opens: an edge that starts without store and platform serves from its first request on.
        loader.Sweep();
        await view.RestoreAsync(cancellationToken);
        var table = tables.Current;
        foreach (var site in table.Sites)
        {
            site.State.Publication = PublicationOf(site);
            await TryRestoreAsync(site, table, site.State.Publication, cancellationToken);
        }

        await base.StartAsync(cancellationToken);
    }

    /// <summary>A person has accepted the store: go on following it.</summary>
    public void Accepted() => Turn(StoreCondition.Ok, null);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        var verifiedAt = long.MinValue;
        while (!stoppingToken.IsCancellationRequested)
        {
            var options = tables.Current.Options.Store;
            // A store that was found damaged is looked at again each time: it may have been restored.
            var verify = verifiedAt == long.MinValue || condition.State == StoreCondition.Damaged || clock.GetElapsedTime(verifiedAt) >= options.VerifyInterval;
            try
            {
                await view.CatchUpAsync(verify, stoppingToken);
                verifiedAt = verify ? clock.GetTimestamp() : verifiedAt;
                var blocked = view.Journals!.Publish.Blocked ?? view.Journals.Ops.Blocked;
                Turn(blocked is null ? StoreCondition.Ok : "blocked", blocked);
                CheckClock();
            }
            catch (StoreException e)
            {
                Turn(StoreCondition.Name(e.Failure), e.Message);
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                // The top of a loop: whatever it is (a full disk, a client's own time limit), visitors are served from what is here.
                Turn("unreachable", $"The store could not be followed: {e.Message}");
                LogBroken(e);
            }

            try
            {
                Reconcile(stoppingToken);
                await loader.KeepUnwrittenAsync(stoppingToken);
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                // The same: an exception here would end the whole edge.
                LogBroken(e);
            }

            await Task.Delay(options.PollInterval, clock, stoppingToken);
        }
    }

    private SitePublication PublicationOf(Site site) => view.Journals?.Publish.State.Of(site.Id) ?? SitePublication.Empty;

    private void Reconcile(CancellationToken stopping)
    {
        var table = tables.Current;
        foreach (var site in table.Sites)
        {
            var publication = PublicationOf(site);
            site.State.Publication = publication;
            if (loading.TryGetValue(site.IdText, out var other))
            {
                if (other.Snapshot != publication.Active?.Snapshot)
                {
                    // Nobody wants that one any more, and the right one waits for its place.
                    Cancel(other.Cancel);
                }

                continue;
            }

            if (publication.Active is null
                || (site.State.Snapshot is { Missing: 0 } whole && whole.Reference.Snapshot == publication.Active.Snapshot)
                || (retries.TryGetValue(site.IdText, out var retry) && retry.Snapshot == publication.Active.Snapshot && clock.GetTimestamp() < retry.At))
            {
                continue;
            }

            // Each site on its own: a large one does not hold up the others.
            var cancel = CancellationTokenSource.CreateLinkedTokenSource(stopping);
            loading[site.IdText] = (publication.Active.Snapshot, cancel);
            _ = LoadAsync(site, table, publication, cancel);
        }
    }

    private static void Cancel(CancellationTokenSource source)
    {
        try
        {
            source.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // It has just ended.
        }
    }

    private async Task LoadAsync(Site site, SiteTable table, SitePublication publication, CancellationTokenSource cancel)
    {
        await Task.Yield();
        using var owned = cancel;
        try
        {
            await loader.LoadAsync(site, table.Options.Snapshots, table.Options.Store, publication, cancel.Token);
            if (site.State.Publication.Active?.Snapshot == publication.Active!.Snapshot)
            {
                // Only where bodies are missing: the store may have them again by then.
                Retry(site, publication, RetryMissingAfter);
            }
        }
        catch (Exception e) when (!cancel.IsCancellationRequested)
        {
            // The top of a task: whatever is wrong with the new snapshot, the one before stays, and it is tried again.
            Retry(site, publication, RetryAfter);
            if (site.State.SnapshotProblem != e.Message)
            {
                LogNotLoaded(e, site.IdText, publication.Active!.Snapshot.ToString());
            }

            site.State.SnapshotProblem = e.Message;
            if (site.State.Snapshot is null)
            {
                // A site that a reload has added, while the store is gone: it may have been here before.
                await TryRestoreAsync(site, table, publication, cancel.Token);
            }
        }
        catch (Exception) when (cancel.IsCancellationRequested)
        {
            // Stopping, or another snapshot is the active one by now.
        }
        finally
        {
            loading.TryRemove(site.IdText, out _);
        }
    }

    // Whatever is wrong with what is here of one site, the edge starts, and the others are served.
    private async Task TryRestoreAsync(Site site, SiteTable table, SitePublication publication, CancellationToken cancellationToken)
    {
        try
        {
            await loader.RestoreAsync(site, table.Options.Snapshots, publication, cancellationToken);
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            LogNotRestored(e, site.IdText);
        }
        catch (OperationCanceledException)
        {
            // Stopping.
        }
    }

    private void Retry(Site site, SitePublication publication, TimeSpan after) =>
        retries[site.IdText] = (publication.Active!.Snapshot, clock.GetTimestamp() + (long)(after.TotalSeconds * clock.TimestampFrequency));

    private void Turn(string state, string? problem)
    {
        var before = condition;
        if (before.State == state)
        {
            condition = before with { Problem = problem };
            return;
        }

        condition = new StoreCondition(state, problem, clock.GetUtcNow());
        if (state == StoreCondition.Ok)
        {
            LogWell(view.Store.Location, before.State);
        }
        else
        {
            LogIll(state, problem);
        }
    }

    private void CheckClock()
    {
        var off = view.Store.ClockOffset is { } offset && offset.Duration() > LargestClockOffset;
        if (off && !clockWarned)
        {
            LogClock(view.Store.ClockOffset!.Value.TotalSeconds);
        }

        clockWarned = off;
    }

    [LoggerMessage(EventId = 210, Level = LogLevel.Information, Message = "The store {Location} is followed (it was {Before})")]
    private partial void LogWell(string location, string before);

    [LoggerMessage(EventId = 211, Level = LogLevel.Error, Message = "The store is {State}: {Problem} Visitors are served from what this edge has")]
    private partial void LogIll(string state, string? problem);

    [LoggerMessage(EventId = 212, Level = LogLevel.Error, Message = "Snapshot {Snapshot} of site {Site} can't be used; what was served before is served on, and it is tried again")]
    private partial void LogNotLoaded(Exception e, string site, string snapshot);

    [LoggerMessage(EventId = 213, Level = LogLevel.Warning, Message = "The store's clock and this edge's differ by {Seconds} s: correct this machine's clock")]
    private partial void LogClock(double seconds);

    [LoggerMessage(EventId = 214, Level = LogLevel.Error, Message = "The store could not be followed")]
    private partial void LogBroken(Exception e);

    [LoggerMessage(EventId = 215, Level = LogLevel.Error, Message = "What the replica holds of site {Site} can't be used; the store is waited for")]
    private partial void LogNotRestored(Exception e, string site);
}

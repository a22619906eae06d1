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
    private readonly ConcurrentDictionary<string, bool> loading = new(StringComparer.Ordinal);
    private volatile StoreCondition condition = new("unknown", null, clock.GetUtcNow());
    private bool clockWarned;

    public StoreCondition Condition => condition;

    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        // Before the listener opens: an edge that starts without store and platform serves from its first request on.
        await view.RestoreAsync(cancellationToken);
        var table = tables.Current;
        foreach (var site in table.Sites)
        {
            site.State.Publication = PublicationOf(site);
            await loader.RestoreAsync(site, table.Options.Snapshots, site.State.Publication, cancellationToken);
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
            catch (Exception e) when (e is not OperationCanceledException)
            {
                // The top of a loop: whatever it is (a full disk, say), visitors are served from what is here.
                Turn("unreachable", $"The store could not be followed: {e.Message}");
                LogBroken(e);
            }

            Reconcile(stoppingToken);
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
            if (publication.Active is null
                || (site.State.Snapshot is { Missing: 0 } whole && whole.Reference.Snapshot == publication.Active.Snapshot)
                || (retries.TryGetValue(site.IdText, out var retry) && retry.Snapshot == publication.Active.Snapshot && clock.GetTimestamp() < retry.At)
                || !loading.TryAdd(site.IdText, true))
            {
                continue;
            }

            // Each site on its own: a large one does not hold up the others.
            _ = LoadAsync(site, table, publication, stopping);
        }
    }

    private async Task LoadAsync(Site site, SiteTable table, SitePublication publication, CancellationToken stopping)
    {
        await Task.Yield();
        try
        {
            await loader.LoadAsync(site, table.Options.Snapshots, table.Options.Store, publication, stopping);
            // Only where bodies are missing: the store may have them again by then.
            Retry(site, publication, RetryMissingAfter);
        }
        catch (Exception e) when (!stopping.IsCancellationRequested)
        {
            // The top of a task: whatever is wrong with the new snapshot, the one before stays, and it is tried again.
            if (site.State.SnapshotProblem != e.Message)
            {
                LogNotLoaded(e, site.IdText, publication.Active!.Snapshot.ToString());
            }

            if (site.State.Snapshot is null)
            {
                // A site that a reload has added, while the store is gone: it may have been here before.
                await loader.RestoreAsync(site, table.Options.Snapshots, publication, stopping);
            }

            site.State.SnapshotProblem = e.Message;
            Retry(site, publication, RetryAfter);
        }
        catch (OperationCanceledException)
        {
            // Stopping.
        }
        finally
        {
            loading.TryRemove(site.IdText, out _);
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
}

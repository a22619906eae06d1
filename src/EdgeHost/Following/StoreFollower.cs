using EdgeHost.Sites;
using EdgeHost.Snapshots;
using EdgeHost.SnapshotStore;
using EdgeHost.SnapshotStore.Publishing;

namespace EdgeHost.Following;

/// <summary>Follows the store: restores from the replica before the first request, then polls the journals and brings in what they activate. A store that is gone changes nothing for visitors.</summary>
internal sealed partial class StoreFollower(
    StoreView view, SnapshotLoader loader, SiteLoads loads, SiteTableState tables, StoreOptions options, TimeProvider clock, ILogger<StoreFollower> log) : BackgroundService
{
    private static readonly TimeSpan LargestClockOffset = TimeSpan.FromSeconds(5);

    private volatile StoreCondition condition = new(StoreHealth.Unknown, null, clock.GetUtcNow());
    private bool clockWarned;
    private (SiteTable? Table, PublishState? State) told;

    public StoreCondition Condition => condition;

    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        // Before the listener opens: an edge that starts without store and platform serves from its first request on.
        loader.Sweep();
        await view.RestoreAsync(cancellationToken);
        var table = tables.Current;
        Tell(table);
        await Task.Run(() => Parallel.ForEach(table.Sites, site => loads.Restore(site, site.State.Publication)), cancellationToken);
        var restored = table.Sites.Select(site => site.State.Snapshot).OfType<SiteSnapshot>().ToList();
        var entries = restored.Sum(snapshot => (long)snapshot.Count);
        LogRestored(restored.Count, table.Sites.Length, entries);
        await base.StartAsync(cancellationToken);
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await view.KeepUnwrittenAsync(cancellationToken);
    }

    /// <summary>A person has accepted the store: go on following it.</summary>
    public void Accepted() => Turn(StoreHealth.Ok, null);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        var verifiedAt = long.MinValue;
        // At a fixed rate: what a round takes is no part of the interval, and a round that was missed is not made up for.
        using var timer = new PeriodicTimer(options.PollInterval, clock);
        do
        {
            // A store that was found damaged is looked at again each time: it may have been restored.
            var verify = verifiedAt == long.MinValue || condition.State == StoreHealth.Damaged || clock.GetElapsedTime(verifiedAt) >= options.VerifyInterval;
            try
            {
                await view.CatchUpAsync(verify, stoppingToken);
                verifiedAt = verify ? clock.GetTimestamp() : verifiedAt;
                var blocked = view.Journals!.Publish.Blocked ?? view.Journals.Ops.Blocked;
                Turn(blocked is null ? StoreHealth.Ok : StoreHealth.Blocked, blocked);
                CheckClock();
            }
            catch (StoreException e)
            {
                Turn(StoreHealths.Of(e.Failure), e.Message);
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                // The top of a loop: whatever it is, visitors are served from what is here.
                var problem = $"The store could not be followed: {e.Message}";
                if (condition.Problem != problem)
                {
                    LogBroken(e);
                }

                Turn(StoreHealth.Faulty, problem);
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

        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private void Reconcile(CancellationToken stopping)
    {
        var table = tables.Current;
        Tell(table);
        foreach (var site in table.Sites)
        {
            loads.Ensure(site, site.State.Publication, stopping);
        }
    }

    // Each second, and nearly always nothing is new.
    private void Tell(SiteTable table)
    {
        var state = view.Journals?.Publish.State;
        if (!ReferenceEquals(told.Table, table) || !ReferenceEquals(told.State, state))
        {
            foreach (var site in table.Sites)
            {
                site.State.Publication = state?.Of(site.Id) ?? SitePublication.Empty;
            }

            told = (table, state);
        }
    }

    private void Turn(StoreHealth state, string? problem)
    {
        var before = condition;
        if (before.State == state)
        {
            condition = before with { Problem = problem };
            return;
        }

        condition = new StoreCondition(state, problem, clock.GetUtcNow());
        var (now, was) = (state.Name(), before.State.Name());
        if (state == StoreHealth.Ok)
        {
            LogWell(view.Store.Location, was);
        }
        else
        {
            LogIll(now, problem);
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

    [LoggerMessage(EventId = 216, Level = LogLevel.Information, Message = "{Restored} of {Sites} sites start from their snapshots in the replica ({Entries} entries)")]
    private partial void LogRestored(int restored, int sites, long entries);

    [LoggerMessage(EventId = 210, Level = LogLevel.Information, Message = "The store {Location} is followed (it was {Before})")]
    private partial void LogWell(string location, string before);

    [LoggerMessage(EventId = 211, Level = LogLevel.Error, Message = "The store is {State}: {Problem} Visitors are served from what this edge has")]
    private partial void LogIll(string state, string? problem);

    [LoggerMessage(EventId = 213, Level = LogLevel.Warning, Message = "The store's clock and this edge's differ by {Seconds} s: correct this machine's clock")]
    private partial void LogClock(double seconds);

    [LoggerMessage(EventId = 214, Level = LogLevel.Error, Message = "The store could not be followed")]
    private partial void LogBroken(Exception e);
}

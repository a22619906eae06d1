using EdgeHost.Following;
using EdgeHost.Replicas;
using EdgeHost.Sites;
using EdgeHost.SnapshotStore.Sites;

namespace EdgeHost.Upkeep;

/// <summary>Counts the replica, and where it has a budget keeps it to that. Without one nothing is ever removed.</summary>
internal sealed partial class BudgetLoop(
    ReplicaLayout layout, Replica replica, ReplicaFiles files, SiteTableState tables, StoreFollower follower, ReplicaOptions options, TimeProvider clock, ILogger<BudgetLoop> log) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan IntervalWithoutBudget = TimeSpan.FromMinutes(10);

    private volatile ReplicaSize? size;
    private volatile string? problem;

    /// <summary>Null before it was counted for the first time.</summary>
    public ReplicaSize? Size => size;

    /// <summary>In bytes; null for none.</summary>
    public long? Budget { get; } = options.BudgetMegabytes == 0 ? null : options.BudgetMegabytes * 1024L * 1024L;

    /// <summary>Why the replica is larger than it may be; null when it is not.</summary>
    public string? Problem => problem;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // Walking through many files takes its time, and the start of many sites is not to share the machine with it.
        await Task.Delay(Interval, clock, stoppingToken);
        using var timer = new PeriodicTimer(Budget is null ? IntervalWithoutBudget : Interval, clock);
        do
        {
            try
            {
                await KeepAsync(stoppingToken);
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                // The top of a loop: whatever it is, it costs disk space and no visitor anything.
                LogBroken(e);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    /// <summary>Counts, and removes what must go.</summary>
    public async Task KeepAsync(CancellationToken cancellationToken)
    {
        var counted = Count(cancellationToken);
        if (Budget is { } budget && counted.Bytes > budget && !layout.Format.IsNewer)
        {
            var storeAnswers = follower.Condition.State == StoreHealth.Ok && replica.Breaker == BreakerPhase.Closed;
            var candidates = await CandidatesAsync(cancellationToken);
            var plan = EvictionPlan.For(candidates, counted.Bytes, budget, storeAnswers, clock.GetUtcNow());
            var (removed, bytes) = Remove(plan, cancellationToken);
            counted = new ReplicaSize(counted.Files - removed, counted.Bytes - bytes, counted.At);
            if (removed > 0)
            {
                LogRemoved(removed, bytes, counted.Bytes);
            }

            Tell(counted.Bytes <= budget ? null
                : storeAnswers ? $"what is left is what sites with Replica: All serve, or was needed in the last {EvictionPlan.Young.TotalMinutes:0} minutes"
                : "while the store gives nothing, what could not be had again is kept");
        }
        else
        {
            Tell(null);
        }

        size = counted;
    }

    private ReplicaSize Count(CancellationToken cancellationToken)
    {
        var (count, bytes) = (0L, 0L);
        foreach (var file in ReplicaFile.Sites(layout).SelectMany(site => ReplicaFile.All(layout, site)))
        {
            cancellationToken.ThrowIfCancellationRequested();
            (count, bytes) = (count + 1, bytes + file.Length);
        }

        return new ReplicaSize(count, bytes, clock.GetUtcNow());
    }

    // One site after the other: the references of all at once would not fit into memory where there are many.
    private async Task<List<(ReplicaFile File, Worth Worth)>> CandidatesAsync(CancellationToken cancellationToken)
    {
        var candidates = new List<(ReplicaFile File, Worth Worth)>();
        foreach (var name in ReplicaFile.Sites(layout))
        {
            if (!SiteId.TryParse(name, out var id) || tables.Current.Find(id) is not { } site)
            {
                candidates.AddRange(ReplicaFile.All(layout, name).Select(file => (file, Worth.Unconfigured)));
            }
            else if (await SiteReferences.ReadAsync(site, replica, files, clock.GetUtcNow(), cancellationToken) is { } references)
            {
                candidates.AddRange(ReplicaFile.Blobs(layout, name).Select(file => (file, references.WorthOf(file.Hash)))
                    .Concat(ReplicaFile.Lists(layout, name).Select(file => (file, references.WorthOfManifest(file.Hash))))
                    .Where(one => one.Item2 != Worth.Kept));
            }
        }

        return candidates;
    }

    private (int Files, long Bytes) Remove(EvictionPlan plan, CancellationToken cancellationToken)
    {
        var (removed, bytes) = (0, 0L);
        foreach (var file in plan.Files)
        {
            cancellationToken.ThrowIfCancellationRequested();
            try
            {
                // Relied on by an activation since it was looked at: then it has been touched.
                if (File.GetLastWriteTimeUtc(file.Path) != file.LastUsed.UtcDateTime)
                {
                    continue;
                }

                File.Delete(file.Path);
                (removed, bytes) = (removed + 1, bytes + file.Length);
            }
            catch (Exception e) when (DiskFault.Is(e))
            {
                LogStays(e, file.Path);
                break;
            }
        }

        return (removed, bytes);
    }

    private void Tell(string? why)
    {
        var before = problem;
        problem = why;
        if (why is not null && before is null)
        {
            LogOver(Budget!.Value, why);
        }
        else if (why is null && before is not null)
        {
            LogWithin();
        }
    }

    [LoggerMessage(EventId = 320, Level = LogLevel.Information, Message = "{Files} files ({Bytes} bytes) were removed from the replica to keep it to its budget; {Left} bytes are left")]
    private partial void LogRemoved(int files, long bytes, long left);

    [LoggerMessage(EventId = 321, Level = LogLevel.Error, Message = "The replica is larger than its budget of {Budget} bytes: {Why}")]
    private partial void LogOver(long budget, string why);

    [LoggerMessage(EventId = 322, Level = LogLevel.Warning, Message = "The replica keeps to its budget again")]
    private partial void LogWithin();

    [LoggerMessage(EventId = 323, Level = LogLevel.Warning, Message = "{Path} can't be removed from the replica")]
    private partial void LogStays(Exception e, string path);

    [LoggerMessage(EventId = 324, Level = LogLevel.Error, Message = "The replica could not be counted")]
    private partial void LogBroken(Exception e);
}

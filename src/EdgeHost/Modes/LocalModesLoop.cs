using EdgeHost.Following;
using EdgeHost.SnapshotStore;

namespace EdgeHost.Modes;

/// <summary>Tells the journal what was decided for this edge alone, once the store is back.</summary>
internal sealed partial class LocalModesLoop(LocalModes local, StoreFollower follower, StoreOptions options, TimeProvider clock, ILogger<LocalModesLoop> log) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(options.PollInterval, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                while (local.HasPending && follower.Condition.State == StoreHealth.Ok)
                {
                    await local.TellAsync(stoppingToken);
                }
            }
            catch (StoreException)
            {
                // It is gone again, which its follower says.
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                // The top of a loop: what is decided holds here all the same.
                LogNotTold(e);
            }
        }
    }

    [LoggerMessage(EventId = 124, Level = LogLevel.Error, Message = "What was decided for this edge alone could not be put into the journal; it is tried again")]
    private partial void LogNotTold(Exception e);
}

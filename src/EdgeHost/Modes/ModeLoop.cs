using EdgeHost.Following;
using EdgeHost.Sites;
using EdgeHost.SnapshotStore.Operating;

namespace EdgeHost.Modes;

/// <summary>Puts the journal's overrides into force on each site, and ends those that expire. It needs no store: what was last known holds.</summary>
internal sealed partial class ModeLoop(StoreView view, SiteTableState tables, TimeProvider clock, ILogger<ModeLoop> log) : BackgroundService
{
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(100);

    /// <summary>Puts what is known now into force.</summary>
    public void Apply()
    {
        var state = view.Journals?.Ops.State ?? OpsState.Empty;
        var now = clock.GetUtcNow();
        foreach (var site in tables.Current.Sites)
        {
            var (scope, found) = state.For(site.Id, now);
            var before = site.State.Mode;
            if (before.Override == found && before.Scope == scope)
            {
                continue;
            }

            site.State.Mode = found is null ? ModeInForce.Auto : new ModeInForce(found.Mode, scope, found);
            LogMode(site.IdText, site.State.Mode.Mode, before.Mode, scope?.ToString(), found?.Actor, found?.Reason);
        }
    }

    public override Task StartAsync(CancellationToken cancellationToken)
    {
        Apply();
        return base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Tick, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            Apply();
        }
    }

    [LoggerMessage(EventId = 120, Level = LogLevel.Warning, Message = "Site {Site} is in mode {Mode} (was {Before}), set on {Scope} by {Actor}: {Reason}")]
    private partial void LogMode(string site, OperatorMode mode, OperatorMode before, string? scope, string? actor, string? reason);
}

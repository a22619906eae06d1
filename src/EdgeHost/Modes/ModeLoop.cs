using EdgeHost.Loops;
using EdgeHost.Sites;
using EdgeHost.SnapshotStore.Operating;

namespace EdgeHost.Modes;

/// <summary>Puts the operators' overrides into force on each site, and ends those that expire. It needs no store: what was last known holds.</summary>
internal sealed partial class ModeLoop(LocalModes local, SiteTableState tables, TimeProvider clock, ILogger<ModeLoop> log) : TickLoop(TimeSpan.FromMilliseconds(100), clock, log)
{
    private readonly Lock applying = new();
    private AppliedModes? applied;

    /// <summary>Puts what is known now into force; true when that had to be worked out, as something was not as it had been.</summary>
    public bool Apply()
    {
        // One after the other: who knew less must not have the last word.
        lock (applying)
        {
            var (state, table, now) = (local.State, tables.Current, Clock.GetUtcNow());
            if (applied?.Hold(state, table, now) == true)
            {
                return false;
            }

            var held = state.InForceOn(local.Edge, now).ToList();
            Apply(table, new OverrideIndex(held));
            applied = new AppliedModes(state, table, now, held.Min(one => one.Override.ExpiresAt));
            return true;
        }
    }

    private void Apply(SiteTable table, OverrideIndex held)
    {
        foreach (var site in table.Sites)
        {
            var (before, now) = (site.State.Mode, held.IsEmpty ? ModeInForce.Auto : ModeInForce.Of(held.Of(site.Scoped)));
            if (now.IsSame(before))
            {
                continue;
            }

            site.State.Mode = now;
            if (now.Held is null && before.Held is not null)
            {
                LogModeEnded(site.IdText, before.Mode.Name(), before.Scope?.ToString());
            }
            else if (now.Held != before.Held)
            {
                LogMode(site.IdText, now.Mode.Name(), before.Mode.Name(), now.Scope?.ToString(), now.Override?.Actor, now.Override?.Reason);
            }

            foreach (var part in now.Paths.Except(before.Paths))
            {
                LogPath(part.Scope.ToString(), part.Override.Mode.Name(), part.Override.Actor, part.Override.Reason);
            }

            foreach (var scope in before.Paths.Select(part => part.Scope).Except(now.Paths.Select(part => part.Scope)))
            {
                LogPathEnded(scope.ToString());
            }
        }
    }

    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await local.RestoreAsync(cancellationToken);
        Apply();
        await base.StartAsync(cancellationToken);
    }

    protected override void Tick(CancellationToken stopping) => Apply();

    [LoggerMessage(EventId = 120, Level = LogLevel.Warning, Message = "Site {Site} is in mode {Mode} (was {Before}), set on {Scope} by {Actor}: {Reason}")]
    private partial void LogMode(string site, string mode, string before, string? scope, string? actor, string? reason);

    [LoggerMessage(EventId = 126, Level = LogLevel.Warning, Message = "Site {Site} goes by its health again: {Before}, set on {Scope}, has ended")]
    private partial void LogModeEnded(string site, string before, string? scope);

    [LoggerMessage(EventId = 121, Level = LogLevel.Warning, Message = "What lies under {Scope} is in mode {Mode}, set by {Actor}: {Reason}")]
    private partial void LogPath(string scope, string mode, string actor, string? reason);

    [LoggerMessage(EventId = 122, Level = LogLevel.Warning, Message = "What lies under {Scope} has no mode of its own any more")]
    private partial void LogPathEnded(string scope);
}

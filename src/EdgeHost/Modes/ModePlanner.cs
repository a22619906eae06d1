using System.Collections.Immutable;
using EdgeHost.Interlocks;
using EdgeHost.Sites;
using EdgeHost.SnapshotStore.Operating;

namespace EdgeHost.Modes;

/// <summary>Foretells a change from what the edge knows now.</summary>
internal static class ModePlanner
{
    public static ModePlan Plan(OpsState state, ModeChange change, SiteTable table, string edge, DateTimeOffset now)
    {
        var (before, after) = (new OverrideIndex(state.InForceOn(edge, now)), new OverrideIndex(change.After(state, edge, now).InForceOn(edge, now)));
        ImmutableArray<SiteEffect> effects = [.. table.Sites.Select(site => EffectOn(site, change.Scope, before, after, now))];
        var refusals = Refusals.Of(new ChangeFacts(change.Scope, change.Confirmed, [.. effects.Select(effect => effect.Facts)]), table.Options.Interlocks);
        return new ModePlan(change, [.. effects.Where(effect => effect.Before.Held != effect.After.Held)], refusals) { RequestsPerSecond = effects.Sum(effect => effect.RequestsPerSecond) };
    }

    private static SiteEffect EffectOn(Site site, OverrideScope scope, OverrideIndex before, OverrideIndex after, DateTimeOffset now)
    {
        var (old, next) = (ModeOn(site, scope, before), ModeOn(site, scope, after));
        var snapshot = site.State.Snapshot;
        return new SiteEffect(old, next, new SiteFacts
        {
            Site = site.IdText,
            Before = old.Mode,
            After = next.Mode,
            IsOriginUp = site.IsOriginUp,
            SnapshotAge = now - snapshot?.Reference.CapturedAt,
            MissingBodies = snapshot?.Missing ?? 0,
        }, site.State.Requests.PerSecond);
    }

    private static ModeInForce ModeOn(Site site, OverrideScope scope, OverrideIndex held)
    {
        var mode = ModeInForce.Of(held.Of(site.Scoped));
        return scope.Kind == ScopeKind.Path && scope.Covers(site.Scoped) ? mode.At(scope.Path) : mode;
    }
}

using EdgeHost.SnapshotStore.Operating;

namespace EdgeHost.Sites;

/// <summary>The mode that holds for a site right now, and the override that it comes from.</summary>
/// <param name="Mode">The mode.</param>
/// <param name="Scope">Where it was set: <c>all</c> or <c>site:{id}</c>; null when nowhere.</param>
/// <param name="Override">The override; null when there is none.</param>
internal sealed record ModeInForce(OperatorMode Mode, OverrideScope? Scope, ModeOverride? Override)
{
    public static readonly ModeInForce Auto = new(OperatorMode.Auto, null, null);
}

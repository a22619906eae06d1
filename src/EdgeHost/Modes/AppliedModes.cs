using EdgeHost.Sites;
using EdgeHost.SnapshotStore.Operating;

namespace EdgeHost.Modes;

/// <summary>What the modes in force were worked out from.</summary>
/// <param name="State">What the operators wanted; immutable, another object when they want something else.</param>
/// <param name="Table">The sites.</param>
/// <param name="At">When.</param>
/// <param name="Until">When the first of the overrides ends by itself; null: none does.</param>
internal sealed record AppliedModes(OpsState State, SiteTable Table, DateTimeOffset At, DateTimeOffset? Until)
{
    /// <summary>Whether they still hold. Not when the clock has stepped back: what had ended may go on.</summary>
    public bool Hold(OpsState state, SiteTable table, DateTimeOffset now) =>
        ReferenceEquals(State, state) && ReferenceEquals(Table, table) && now >= At && !(Until <= now);
}

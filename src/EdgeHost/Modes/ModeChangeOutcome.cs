using EdgeHost.SnapshotStore.Operating;

namespace EdgeHost.Modes;

/// <summary>How a change ended.</summary>
/// <param name="Plan">What it did; or why it was refused.</param>
/// <param name="Before">What was set on the scope before; null: nothing.</param>
/// <param name="Number">The record of it in the journal <c>ops</c>; null: it is for this edge alone, and the journal is told later.</param>
internal sealed record ModeChangeOutcome(ModePlan Plan, ModeOverride? Before, long? Number)
{
    /// <summary>Whether a restart remembers it.</summary>
    public bool IsKept { get; init; } = true;
}

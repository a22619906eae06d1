using System.Collections.Immutable;
using EdgeHost.SnapshotStore.Targets;

namespace EdgeHost.Snapshots;

/// <summary>The earlier snapshots whose files are answered on where the active one lacks them, each with the time until which it is. Nothing of them is read before it is asked for.</summary>
internal sealed class RetiredAssets
{
    public static readonly RetiredAssets None = new([]);

    /// <param name="newestFirst">The earlier snapshots.</param>
    public RetiredAssets(ImmutableArray<RetiredOne> newestFirst) => NewestFirst = newestFirst;

    public ImmutableArray<RetiredOne> NewestFirst { get; }

    public bool IsEmpty => NewestFirst.IsEmpty;

    /// <param name="view">The name of the view; empty for the canonical one.</param>
    /// <param name="target">What is asked for.</param>
    /// <param name="active">The active snapshot.</param>
    /// <param name="activeKey">The target's key by its policy: nearly always the only one that is needed.</param>
    /// <param name="now">The time.</param>
    public FoundEntry? Find(string view, RequestTarget target, OpenSnapshot active, string? activeKey, DateTimeOffset now) =>
        // They were the active ones one after the other: when the first is over, all are.
        now < NewestFirst[0].Until ? active.Lacking(this).Find(view, target, active.Index.Query, activeKey, now) : null;
}

/// <param name="Snapshot">An earlier snapshot.</param>
/// <param name="Until">Until when its assets are answered.</param>
internal readonly record struct RetiredOne(ShelvedSnapshot Snapshot, DateTimeOffset Until);

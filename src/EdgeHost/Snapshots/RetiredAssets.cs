using System.Collections.Frozen;
using System.Collections.Immutable;
using EdgeHost.SnapshotStore.Manifests;
using EdgeHost.SnapshotStore.Targets;

namespace EdgeHost.Snapshots;

/// <summary>
/// Files of earlier snapshots that the active one lacks, each with the time until which it is answered. Merged, the newest of each key:
/// however often a site is published, a miss costs one look-up, and memory only what the snapshots differ in.
/// </summary>
internal sealed class RetiredAssets
{
    public static readonly RetiredAssets None = new([], FrozenSet<SnapshotId>.Empty);

    private readonly ImmutableArray<(QueryPolicy Query, FrozenDictionary<(string View, string Key), Asset> Assets)> byPolicy;
    private readonly FrozenSet<SnapshotId> known;

    private RetiredAssets(IEnumerable<Asset> assets, FrozenSet<SnapshotId> known)
    {
        this.known = known;
        // Nearly always one policy: a target's key is made once for each.
        byPolicy = [.. assets.GroupBy(asset => asset.Query, SamePolicy.Instance)
            .OrderByDescending(group => group.Max(asset => asset.Until))
            .Select(group => (group.Key, group.GroupBy(asset => (asset.View, asset.Key)).ToFrozenDictionary(same => same.Key, same => same.MaxBy(asset => asset.Until)!)))];
    }

    public bool IsEmpty => byPolicy.IsEmpty;

    /// <summary>What the snapshot that is replaced had, and what it had of those before: nothing is read for it.</summary>
    /// <param name="active">The snapshot that takes its place.</param>
    /// <param name="before">The snapshot that is replaced.</param>
    /// <param name="untils">The earlier snapshots that count, each with its time.</param>
    public static RetiredAssets Carry(SiteSnapshot active, SiteSnapshot? before, IReadOnlyDictionary<SnapshotId, DateTimeOffset> untils)
    {
        if (before is null)
        {
            return None;
        }

        var assets = before.Retired.All()
            .Where(asset => untils.ContainsKey(asset.From.Reference.Snapshot))
            .Select(asset => asset with { Until = untils[asset.From.Reference.Snapshot] });
        if (untils.TryGetValue(before.Reference.Snapshot, out var until))
        {
            assets = assets.Concat(Of(before, until));
        }

        return new RetiredAssets(assets.Where(asset => IsLacking(active, asset)), before.Retired.known.Append(before.Reference.Snapshot).Where(untils.ContainsKey).ToFrozenSet());
    }

    public bool Knows(SnapshotId snapshot) => known.Contains(snapshot);

    /// <summary>The same with one more snapshot's.</summary>
    public RetiredAssets With(SiteSnapshot active, SiteSnapshot retired, DateTimeOffset until) => new(
        All().Concat(Of(retired, until).Where(asset => IsLacking(active, asset))),
        known.Append(retired.Reference.Snapshot).ToFrozenSet());

    /// <param name="view">The name of the view; empty for the canonical one.</param>
    /// <param name="target">What is asked for.</param>
    /// <param name="active">The active snapshot's policy.</param>
    /// <param name="activeKey">The target's key by that policy: nearly always the only one that is needed.</param>
    /// <param name="now">The time.</param>
    public FoundEntry? Find(string view, RequestTarget target, QueryPolicy active, string? activeKey, DateTimeOffset now)
    {
        foreach (var (query, assets) in byPolicy)
        {
            var key = SamePolicy.Instance.Equals(query, active) ? activeKey : SiteSnapshot.KeyOf(target, query);
            if (key is not null && assets.TryGetValue((view, key), out var asset) && now < asset.Until)
            {
                return new FoundEntry(asset.Entry, asset.From);
            }
        }

        return null;
    }

    private IEnumerable<Asset> All() => byPolicy.SelectMany(policy => policy.Assets.Values);

    private static IEnumerable<Asset> Of(SiteSnapshot snapshot, DateTimeOffset until) =>
        snapshot.Assets().Select(asset => new Asset(asset.View, asset.Key, asset.Entry, snapshot.Query, snapshot.Label, until));

    private static bool IsLacking(SiteSnapshot active, Asset asset) =>
        !SamePolicy.Instance.Equals(active.Query, asset.Query) || !active.Has(asset.View, asset.Key);

    private sealed record Asset(string View, string Key, SnapshotEntry Entry, QueryPolicy Query, SnapshotLabel From, DateTimeOffset Until);

    // A record compares its arrays by reference, and each manifest brings its own.
    private sealed class SamePolicy : IEqualityComparer<QueryPolicy>
    {
        public static readonly SamePolicy Instance = new();

        public bool Equals(QueryPolicy? x, QueryPolicy? y) => ReferenceEquals(x, y) || (x is not null && y is not null && x.Sort == y.Sort && x.Drop.SequenceEqual(y.Drop));

        public int GetHashCode(QueryPolicy policy) => HashCode.Combine(policy.Sort, policy.Drop.Length);
    }
}

using System.Collections.Immutable;
using EdgeHost.Replicas;
using EdgeHost.SnapshotStore.Manifests;

namespace EdgeHost.Following;

/// <summary>What of a snapshot is to be in the replica: before it is served, and after that.</summary>
/// <param name="First">Activation waits for these.</param>
/// <param name="Then">Until these are here too, a restart without the store serves the snapshot before.</param>
internal sealed record WarmPlan(ImmutableArray<StoredBody> First, ImmutableArray<StoredBody> Then)
{
    /// <summary>A snapshot of so many bytes is brought whole: that takes no longer than people wait for a change to show.</summary>
    public const long WholeUpTo = 10 * 1024 * 1024;

    /// <summary>Of a larger one, style sheets and scripts that pages need are hardly ever longer; pictures and films are.</summary>
    public const long AssetsUpTo = 256 * 1024;

    public static WarmPlan Of(SnapshotManifest manifest, ReplicaPolicy policy) => Of(manifest.AllEntries(), policy);

    /// <param name="entries">Every answer of the snapshot.</param>
    /// <param name="policy">What the site wants in the replica.</param>
    public static WarmPlan Of(IEnumerable<ManifestEntry> entries, ReplicaPolicy policy)
    {
        if (policy == ReplicaPolicy.None)
        {
            return new WarmPlan([], []);
        }

        // Documents come first, so that a body that a document and a file share counts as the document's.
        var byKind = entries.ToLookup(entry => entry.Kind == EntryKind.Document, entry => entry.Bodies);
        var documents = byKind[true].SelectMany(bodies => bodies).DistinctBy(body => body.Hash).ToImmutableArray();
        if (policy == ReplicaPolicy.Hot)
        {
            return new WarmPlan(documents, []);
        }

        var known = documents.Select(body => body.Hash).ToHashSet();
        var assets = byKind[false].SelectMany(bodies => bodies).DistinctBy(body => body.Hash).Where(body => !known.Contains(body.Hash)).ToList();
        var isSmall = documents.Sum(body => body.Length) + assets.Sum(body => body.Length) <= WholeUpTo;
        return new WarmPlan(
            [.. documents, .. assets.Where(body => isSmall || body.Length <= AssetsUpTo)],
            isSmall ? [] : [.. assets.Where(body => body.Length > AssetsUpTo)]);
    }
}

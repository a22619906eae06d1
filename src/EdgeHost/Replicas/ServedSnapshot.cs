using EdgeHost.SnapshotStore.Blobs;
using EdgeHost.SnapshotStore.Manifests;
using EdgeHost.SnapshotStore.Publishing;

namespace EdgeHost.Replicas;

/// <summary>A snapshot as a restart is to serve it, without looking for each of its blobs again.</summary>
/// <param name="Reference">Which.</param>
/// <param name="Answers">How many answers it has on the canonical host.</param>
/// <param name="Missing">Bodies that could not be had.</param>
internal sealed record ServedSnapshot(SnapshotReference Reference, int Answers, IReadOnlySet<BlobHash> Missing)
{
    public static ServedSnapshot Of(SnapshotManifest manifest, SnapshotReference reference, IReadOnlySet<BlobHash> missing) =>
        new(reference, manifest.Entries.Count(entry => CanGive(entry, missing)), missing);

    // Without a body, or with the one that all clients take.
    private static bool CanGive(ManifestEntry entry, IReadOnlySet<BlobHash> missing) => entry.Bodies.IsEmpty || !missing.Contains(entry.Bodies[0].Hash);
}

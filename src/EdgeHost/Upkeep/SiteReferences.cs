using EdgeHost.Replicas;
using EdgeHost.Sites;
using EdgeHost.SnapshotStore.Blobs;
using EdgeHost.SnapshotStore.Manifests;
using EdgeHost.SnapshotStore.Publishing;

namespace EdgeHost.Upkeep;

/// <summary>What of a site's files is needed, and for what: read from the manifests of the snapshots that are served, that come, that a restart would serve, and that are retained.</summary>
internal sealed class SiteReferences
{
    private readonly Dictionary<BlobHash, (Worth Worth, long Length)> blobs = [];
    private readonly HashSet<BlobHash> manifests = [];

    private SiteReferences()
    {
    }

    /// <summary>Null when a manifest is not here that would tell: then all of the site's files count as needed.</summary>
    public static async Task<SiteReferences?> ReadAsync(Site site, Replica replica, ReplicaFiles files, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var publication = site.State.Publication;
        var needed = new[] { publication.Active, site.State.Snapshot?.Reference, files.ReadServing(site.Id)?.Reference }
            .OfType<SnapshotReference>().DistinctBy(reference => reference.Manifest).ToList();
        if (needed.Count == 0)
        {
            return null;
        }

        var found = new SiteReferences();
        foreach (var reference in needed)
        {
            if (await replica.LocalManifestAsync(site.Id, reference, cancellationToken) is not { } manifest)
            {
                return null;
            }

            found.manifests.Add(reference.Manifest);
            found.Add(manifest.AllEntries(), entry => WorthOf(site.Replica, entry.Kind));
        }

        foreach (var (reference, _) in publication.RetainedAt(now))
        {
            found.manifests.Add(reference.Manifest);
            if (await replica.LocalManifestAsync(site.Id, reference, cancellationToken) is { } manifest)
            {
                found.Add(manifest.AllEntries().Where(entry => entry.Kind == EntryKind.Asset), _ => Worth.Retired);
            }
        }

        return found;
    }

    public Worth WorthOf(BlobHash blob) => blobs.TryGetValue(blob, out var found) ? found.Worth : Worth.Unreferenced;

    /// <summary>How long a blob must be; null when nothing refers to it.</summary>
    public long? LengthOf(BlobHash blob) => blobs.TryGetValue(blob, out var found) ? found.Length : null;

    public Worth WorthOfManifest(BlobHash manifest) => manifests.Contains(manifest) ? Worth.Kept : Worth.Unreferenced;

    private static Worth WorthOf(ReplicaPolicy policy, EntryKind kind) => (policy, kind) switch
    {
        (ReplicaPolicy.All, _) => Worth.Kept,
        (_, EntryKind.Asset) => Worth.Media,
        (ReplicaPolicy.Hot, _) => Worth.Document,
        _ => Worth.LooseDocument,
    };

    // Several may refer to one blob: what it is worth most counts.
    private void Add(IEnumerable<ManifestEntry> entries, Func<ManifestEntry, Worth> worthOf)
    {
        foreach (var entry in entries)
        {
            var worth = worthOf(entry);
            foreach (var body in entry.Bodies)
            {
                if (!blobs.TryGetValue(body.Hash, out var known) || known.Worth < worth)
                {
                    blobs[body.Hash] = (worth, body.Length);
                }
            }
        }
    }
}

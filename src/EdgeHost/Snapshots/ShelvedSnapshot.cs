using EdgeHost.Indexes;
using EdgeHost.SnapshotStore.Blobs;
using EdgeHost.SnapshotStore.Manifests;
using EdgeHost.SnapshotStore.Publishing;
using EdgeHost.SnapshotStore.Sites;

namespace EdgeHost.Snapshots;

/// <summary>A snapshot in the replica, whether it is in memory or not: opened when something is asked of it, and let go of when others need the room.</summary>
internal sealed class ShelvedSnapshot
{
    private static readonly IReadOnlySet<BlobHash> Nothing = new HashSet<BlobHash>();

    private readonly Lock opening = new();
    private readonly SnapshotShelf? shelf;
    private volatile OpenSnapshot? open;
    private volatile bool broken;

    /// <param name="shelf">Opens it.</param>
    /// <param name="site">Whose it is.</param>
    /// <param name="reference">What the journal calls it.</param>
    /// <param name="missing">Bodies that could not be had, or not with the right hash: as good as not in the manifest. Null for none.</param>
    public ShelvedSnapshot(SnapshotShelf shelf, SiteId site, SnapshotReference reference, IReadOnlySet<BlobHash>? missing)
        : this(site, reference, missing) => this.shelf = shelf;

    /// <summary>One that is in memory alone, and stays there.</summary>
    public ShelvedSnapshot(SnapshotManifest manifest, SnapshotReference reference, IReadOnlySet<BlobHash>? missing)
        : this(manifest.Site, reference, missing) => open = new OpenSnapshot(this, SnapshotIndex.Of(manifest, reference.Manifest), null);

    private ShelvedSnapshot(SiteId site, SnapshotReference reference, IReadOnlySet<BlobHash>? missing)
    {
        Site = site;
        Label = new SnapshotLabel(reference);
        Missing = missing ?? Nothing;
    }

    public SiteId Site { get; }

    public SnapshotLabel Label { get; }

    public SnapshotReference Reference => Label.Reference;

    public IReadOnlySet<BlobHash> Missing { get; }

    /// <summary>Whether it was to be opened, and can't be: it is to be brought from the store again.</summary>
    public bool IsBroken => broken;

    /// <summary>The opened one where that takes no reading of a file; else null.</summary>
    public OpenSnapshot? AtHand => open;

    /// <summary>The opened one; null where the replica can't give it.</summary>
    public OpenSnapshot? Open()
    {
        if (open is not { } known)
        {
            return OpenNow();
        }

        shelf?.Used(known);
        return known;
    }

    /// <summary>The same for one look, after which it isn't kept.</summary>
    public OpenSnapshot? Peek() => open ?? shelf?.Read(this);

    /// <summary>The shelf's: in its place, or out of it.</summary>
    public void Put(OpenSnapshot? opened) => open = opened;

    private OpenSnapshot? OpenNow()
    {
        // One reads it, and the others wait for that one.
        lock (opening)
        {
            if (open is { } other)
            {
                return other;
            }

            var opened = broken ? null : shelf?.Open(this);
            broken |= opened is null;
            return opened;
        }
    }
}

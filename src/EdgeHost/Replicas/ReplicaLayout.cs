using EdgeHost.SnapshotStore.Blobs;
using EdgeHost.SnapshotStore.Sites;

namespace EdgeHost.Replicas;

/// <summary>Where an edge keeps what it needs of the store on its own disk.</summary>
internal sealed class ReplicaLayout
{
    private readonly string root;

    public ReplicaLayout(string dataDirectory)
    {
        root = Path.Combine(Path.GetFullPath(dataDirectory), "replica");
        Format = ReplicaFormat.Of(FormatFile);
    }

    public string Root => root;

    /// <summary>As it was when the edge started. A newer one is read and not written to: what this version would make of it, the newer one might not understand.</summary>
    public ReplicaFormat Format { get; }

    public string FormatFile => Path.Combine(root, "format.json");

    /// <summary>The folded journals and the store's identity as last seen.</summary>
    public string State => Path.Combine(root, "state.json");

    /// <summary>Changes that were made for this edge alone and are not in the journal yet.</summary>
    public string Local => Path.Combine(root, "local.json");

    /// <summary>Files on their way in; on the same file system, so that a rename puts them in place.</summary>
    public string Temporary => Path.Combine(root, ".tmp");

    /// <summary>A directory for each site, by its id.</summary>
    public string Sites => Path.Combine(root, "sites");

    public string Blobs(string site) => Path.Combine(Sites, site, "blobs");

    public string Manifests(string site) => Path.Combine(Sites, site, "manifests");

    public string Blob(SiteId site, BlobHash hash) => Path.Combine(Blobs(site.ToString()), hash.Text[..2], hash.Text);

    public string Manifest(SiteId site, BlobHash hash) => Path.Combine(Manifests(site.ToString()), $"{hash.Text}.json.gz");

    /// <summary>What is made of manifests, so that a snapshot is opened without reading all of one.</summary>
    public string Indexes(string site) => Path.Combine(Sites, site, "indexes");

    public string Index(SiteId site, BlobHash manifest) => Path.Combine(Indexes(site.ToString()), $"{manifest.Text}.index");

    /// <summary>Of which snapshot of a site all is here that its policy wants, so that it can be served without the store.</summary>
    public string Serving(SiteId site) => Path.Combine(Sites, site.ToString(), "serving.json");
}

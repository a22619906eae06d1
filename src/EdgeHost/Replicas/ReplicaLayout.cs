using EdgeHost.SnapshotStore.Blobs;
using EdgeHost.SnapshotStore.Sites;

namespace EdgeHost.Replicas;

/// <summary>Where an edge keeps what it needs of the store on its own disk.</summary>
internal sealed class ReplicaLayout(string dataDirectory)
{
    private readonly string root = Path.Combine(Path.GetFullPath(dataDirectory), "replica");

    /// <summary>The folded journals and the store's identity as last seen.</summary>
    public string State => Path.Combine(root, "state.json");

    /// <summary>Changes that were made for this edge alone and are not in the journal yet.</summary>
    public string Local => Path.Combine(root, "local.json");

    /// <summary>Files on their way in; on the same file system, so that a rename puts them in place.</summary>
    public string Temporary => Path.Combine(root, ".tmp");

    public string Blob(SiteId site, BlobHash hash) => Path.Combine(root, "sites", site.ToString(), "blobs", hash.Text[..2], hash.Text);

    public string Manifest(SiteId site, BlobHash hash) => Path.Combine(root, "sites", site.ToString(), "manifests", $"{hash.Text}.json.gz");

    /// <summary>What is made of manifests, so that a snapshot is opened without reading all of one.</summary>
    public string Indexes(SiteId site) => Path.Combine(root, "sites", site.ToString(), "indexes");

    public string Index(SiteId site, BlobHash manifest) => Path.Combine(Indexes(site), $"{manifest.Text}.index");

    /// <summary>Which snapshot of a site is completely here, so that it can be served without the store.</summary>
    public string Serving(SiteId site) => Path.Combine(root, "sites", site.ToString(), "serving.json");
}

using System.Globalization;
using EdgeHost.SnapshotStore.Blobs;
using EdgeHost.SnapshotStore.Manifests;
using EdgeHost.SnapshotStore.Sites;

namespace EdgeHost.SnapshotStore;

/// <summary>The layout of a store, in one place. See docs/snapshot-format.md.</summary>
public static class StoreKeys
{
    /// <summary>The store's identity, written once by <c>static-export init</c>.</summary>
    public const string Identity = "store.json";

    private const long NumberSpace = 1_000_000_000_000;

    public static string Blobs(SiteId site) => $"sites/{site}/blobs/";

    /// <summary><c>sites/{site}/blobs/{ab}/{sha256}</c>: the site id is part of the key, so no site can name another's bytes.</summary>
    public static string Blob(SiteId site, BlobHash hash) => $"sites/{site}/blobs/{hash.Text[..2]}/{hash.Text}";

    public static string Snapshots(SiteId site) => $"sites/{site}/snapshots/";

    public static string Manifest(SiteId site, SnapshotId snapshot) => $"sites/{site}/snapshots/{snapshot}/manifest.json.gz";

    /// <summary><c>journal/{name}/{000000000001…}</c></summary>
    public static string Record(string journal, long number) => string.Create(CultureInfo.InvariantCulture, $"journal/{journal}/{number:D12}");

    public static string Checkpoints(string journal) => $"journal/{journal}/checkpoints/";

    /// <summary><c>journal/{name}/checkpoints/{10^12−1−n}</c>: a listing is ascending, so the first one listed is the newest.</summary>
    public static string Checkpoint(string journal, long number) =>
        string.Create(CultureInfo.InvariantCulture, $"{Checkpoints(journal)}{NumberSpace - 1 - number:D12}");
}

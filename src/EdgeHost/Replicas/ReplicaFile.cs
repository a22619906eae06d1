using EdgeHost.SnapshotStore.Blobs;

namespace EdgeHost.Replicas;

/// <summary>A blob, a manifest or an index as it lies in the replica.</summary>
/// <param name="Site">The directory that it lies in: a site's id.</param>
/// <param name="Hash">What its name says that it holds.</param>
/// <param name="Path">Where it is.</param>
/// <param name="Length">How long it is.</param>
/// <param name="LastUsed">When it was last needed, within <see cref="LastUse.Grain"/>.</param>
internal sealed record ReplicaFile(string Site, BlobHash Hash, string Path, long Length, DateTimeOffset LastUsed)
{
    private static readonly EnumerationOptions Everything = new() { RecurseSubdirectories = true, IgnoreInaccessible = true, AttributesToSkip = 0 };

    /// <summary>The sites that have something here, configured or not.</summary>
    public static IEnumerable<string> Sites(ReplicaLayout layout) =>
        Directory.Exists(layout.Sites) ? Directory.EnumerateDirectories(layout.Sites).Select(path => System.IO.Path.GetFileName(path)) : [];

    public static IEnumerable<ReplicaFile> Blobs(ReplicaLayout layout, string site) => In(layout.Blobs(site), site);

    /// <summary>What says what a snapshot holds: manifests, and indexes made of them.</summary>
    public static IEnumerable<ReplicaFile> Lists(ReplicaLayout layout, string site) => In(layout.Manifests(site), site).Concat(In(layout.Indexes(site), site));

    public static IEnumerable<ReplicaFile> All(ReplicaLayout layout, string site) => Blobs(layout, site).Concat(Lists(layout, site));

    // Files whose names are no hashes are not ours to look at.
    private static IEnumerable<ReplicaFile> In(string directory, string site)
    {
        if (!Directory.Exists(directory))
        {
            yield break;
        }

        foreach (var file in new DirectoryInfo(directory).EnumerateFiles("*", Everything))
        {
            if (BlobHash.TryParse(file.Name.Split('.')[0], out var hash) && Of(file, site, hash) is { } found)
            {
                yield return found;
            }
        }
    }

    // Null when it has just gone.
    private static ReplicaFile? Of(FileInfo file, string site, BlobHash hash)
    {
        try
        {
            return new ReplicaFile(site, hash, file.FullName, file.Length, file.LastWriteTimeUtc);
        }
        catch (Exception e) when (DiskFault.Is(e))
        {
            return null;
        }
    }
}

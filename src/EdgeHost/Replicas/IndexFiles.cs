using EdgeHost.Indexes;
using EdgeHost.SnapshotStore;
using EdgeHost.SnapshotStore.Blobs;
using EdgeHost.SnapshotStore.Directories;
using EdgeHost.SnapshotStore.Manifests;
using EdgeHost.SnapshotStore.Publishing;
using EdgeHost.SnapshotStore.Sites;

namespace EdgeHost.Replicas;

/// <summary>
/// The indexes of the snapshots in the replica, each made of its manifest when that comes. They are only a shortcut: one that is absent, damaged or of another version is made anew.
/// They are read whole and not mapped: a mapped file that is cut short ends the process that looks into it.
/// </summary>
internal sealed partial class IndexFiles(ReplicaLayout layout, ILogger<IndexFiles> log)
{
    /// <summary>Whether a snapshot can be opened, by what is on disk.</summary>
    public bool Has(SiteId site, SnapshotReference reference) => File.Exists(layout.Index(site, reference.Manifest)) || File.Exists(layout.Manifest(site, reference.Manifest));

    /// <summary>The index of a snapshot; null when neither it nor its manifest is here and whole.</summary>
    public SnapshotIndex? Read(SiteId site, SnapshotReference reference)
    {
        if (ReadFile(layout.Index(site, reference.Manifest)) is { } file && SnapshotIndex.TryRead(file, reference.Manifest) is { } index)
        {
            return index;
        }

        var path = layout.Manifest(site, reference.Manifest);
        if (ReadFile(path) is not { } stored)
        {
            return null;
        }

        try
        {
            return Write(site, reference, PublishedSnapshot.Parse(stored, site, reference));
        }
        catch (StoreException e)
        {
            LogUnreadable(e, path);
            return null;
        }
    }

    /// <summary>Makes the index of a manifest and puts it on disk. Where that does not take it, it is made again when it is needed.</summary>
    /// <param name="site">Whose.</param>
    /// <param name="reference">What the journal calls it.</param>
    /// <param name="manifest">The manifest, with the hash that the journal says.</param>
    public SnapshotIndex Write(SiteId site, SnapshotReference reference, SnapshotManifest manifest)
    {
        var (path, file) = (layout.Index(site, reference.Manifest), IndexWriter.Write(manifest, reference.Manifest));
        try
        {
            if (layout.Format.IsNewer)
            {
                return SnapshotIndex.Of(manifest, reference.Manifest);
            }

            // Without waiting for the disk: what a power cut makes of it is found out when it is read.
            AtomicFile.ReplaceLazily(path, layout.Temporary, file);
        }
        catch (Exception e) when (DiskFault.Is(e))
        {
            LogUnwritten(e, path);
        }

        return SnapshotIndex.TryRead(file, reference.Manifest) ?? throw new InvalidOperationException($"The index of {site}'s snapshot {reference.Snapshot} can't be read back.");
    }

    /// <summary>Removes a site's indexes but those of some manifests.</summary>
    public void Keep(SiteId site, IReadOnlySet<BlobHash> manifests)
    {
        try
        {
            foreach (var file in Directory.Exists(layout.Indexes(site.ToString())) ? Directory.EnumerateFiles(layout.Indexes(site.ToString())) : [])
            {
                if (!BlobHash.TryParse(Path.GetFileNameWithoutExtension(file), out var hash) || !manifests.Contains(hash))
                {
                    Delete(file);
                }
            }
        }
        catch (Exception e) when (DiskFault.Is(e))
        {
            LogUnreadable(e, layout.Indexes(site.ToString()));
        }
    }

    private byte[]? ReadFile(string path)
    {
        try
        {
            return File.Exists(path) ? File.ReadAllBytes(path) : null;
        }
        catch (Exception e) when (DiskFault.Is(e))
        {
            LogUnreadable(e, path);
            return null;
        }
    }

    private void Delete(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception e) when (DiskFault.Is(e))
        {
            LogUnwritten(e, path);
        }
    }

    [LoggerMessage(EventId = 312, Level = LogLevel.Warning, Message = "{Path} can't be used; what it holds is made anew, or brought from the store")]
    private partial void LogUnreadable(Exception e, string path);

    [LoggerMessage(EventId = 313, Level = LogLevel.Warning, Message = "{Path} can't be written or removed; an index that is not there is made anew each time that it is needed")]
    private partial void LogUnwritten(Exception e, string path);
}

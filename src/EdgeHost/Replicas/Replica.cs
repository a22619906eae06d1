using System.Collections.Concurrent;
using EdgeHost.SnapshotStore;
using EdgeHost.SnapshotStore.Blobs;
using EdgeHost.SnapshotStore.Directories;
using EdgeHost.SnapshotStore.Manifests;
using EdgeHost.SnapshotStore.Publishing;
using EdgeHost.SnapshotStore.Sites;

namespace EdgeHost.Replicas;

/// <summary>
/// The edge's own copy of blobs and manifests. Nothing enters it, and nothing is taken from it into memory, without its hash having been checked.
/// </summary>
internal sealed partial class Replica(ReplicaLayout layout, ISnapshotStore store, TimeProvider clock, ILogger<Replica> log)
{
    // Large files are hashed when they are first sent and not at each request.
    private readonly ConcurrentDictionary<string, bool> verifiedFiles = new(StringComparer.Ordinal);
    private readonly BlobFetcher fetcher = new(layout, store, log);
    private readonly BlobFlights flights = new(clock);

    /// <summary>Clears away what an edge that was killed had not finished writing. One edge owns its data directory, so at start nothing there is anybody's.</summary>
    public void Sweep()
    {
        try
        {
            foreach (var file in Directory.Exists(layout.Temporary) ? Directory.EnumerateFiles(layout.Temporary) : [])
            {
                File.Delete(file);
            }
        }
        catch (Exception e) when (DiskFault.Is(e))
        {
            LogUnswept(e, layout.Temporary);
        }
    }

    /// <summary>Makes sure that a blob is here.</summary>
    /// <returns>False when the store has it not, or twice gave other bytes than its name promises.</returns>
    /// <exception cref="StoreException">The store can't be asked: that says nothing about the blob.</exception>
    public async Task<bool> EnsureAsync(SiteId site, BlobHash hash, long length, CancellationToken cancellationToken)
    {
        var path = layout.Blob(site, hash);
        return LengthOf(path) == length || await fetcher.FetchAsync(site, hash, length, path, cancellationToken);
    }

    /// <summary>A blob's bytes; null when they can't be had. A file that was damaged on disk is fetched again.</summary>
    public async Task<byte[]?> ReadAsync(SiteId site, BlobHash hash, long length, CancellationToken cancellationToken)
    {
        var path = layout.Blob(site, hash);
        return await ReadFileAsync(path, hash, length, cancellationToken)
            ?? (await TryRefetchAsync(site, hash, length, path, cancellationToken) ? await ReadFileAsync(path, hash, length, cancellationToken) : null);
    }

    /// <summary>A blob's bytes if they are here, and whole: the store is not asked.</summary>
    public Task<byte[]?> ReadLocalAsync(SiteId site, BlobHash hash, long length, CancellationToken cancellationToken) =>
        ReadFileAsync(layout.Blob(site, hash), hash, length, cancellationToken);

    /// <summary>The file that holds a blob; null when it can't be had.</summary>
    public async Task<string?> FindFileAsync(SiteId site, BlobHash hash, long length, CancellationToken cancellationToken)
    {
        var path = layout.Blob(site, hash);
        if (LengthOf(path) == length && (verifiedFiles.ContainsKey(path) ? CanOpen(path) : await HasHashAsync(path, hash, cancellationToken)))
        {
            verifiedFiles.TryAdd(path, true);
            return path;
        }

        verifiedFiles.TryRemove(path, out _);
        return await TryRefetchAsync(site, hash, length, path, cancellationToken) && CanOpen(path) ? path : null;
    }

    /// <summary>A manifest by its hash, from here or from the store; null when the store has it not.</summary>
    /// <exception cref="StoreException">The store can't be asked, or the manifest is not what the journal says.</exception>
    public async Task<SnapshotManifest?> ManifestAsync(SiteId site, SnapshotReference reference, CancellationToken cancellationToken)
    {
        if (await LocalManifestAsync(site, reference, cancellationToken) is { } local)
        {
            return local;
        }

        var content = await store.ReadAsync(StoreKeys.Manifest(site, reference.Snapshot), cancellationToken);
        if (content is null)
        {
            return null;
        }

        var manifest = PublishedSnapshot.Parse(content, site, reference);
        await AtomicFile.ReplaceAsync(layout.Manifest(site, reference.Manifest), layout.Temporary, file => file.WriteAsync(content, cancellationToken).AsTask(), cancellationToken);
        return manifest;
    }

    /// <summary>A manifest that is here; null when it is not, or is damaged.</summary>
    public async Task<SnapshotManifest?> LocalManifestAsync(SiteId site, SnapshotReference reference, CancellationToken cancellationToken)
    {
        var path = layout.Manifest(site, reference.Manifest);
        if (!File.Exists(path))
        {
            return null;
        }

        try
        {
            return PublishedSnapshot.Parse(await File.ReadAllBytesAsync(path, cancellationToken), site, reference);
        }
        catch (Exception e) when (e is StoreException || DiskFault.Is(e))
        {
            LogUnreadable(e, path);
            return null;
        }
    }

    /// <summary>Whether a blob is here, by its length; its hash was checked when it came and is checked again when it is read.</summary>
    public bool Holds(SiteId site, StoredBody body) => LengthOf(layout.Blob(site, body.Hash)) == body.Length;

    private async Task<byte[]?> ReadFileAsync(string path, BlobHash hash, long length, CancellationToken cancellationToken)
    {
        try
        {
            return LengthOf(path) == length && await File.ReadAllBytesAsync(path, cancellationToken) is var content && BlobHash.Of(content) == hash ? content : null;
        }
        catch (Exception e) when (DiskFault.Is(e))
        {
            LogUnreadable(e, path);
            return null;
        }
    }

    private Task<bool> TryRefetchAsync(SiteId site, BlobHash hash, long length, string path, CancellationToken cancellationToken) => flights.RunAsync(path, async cancel =>
    {
        try
        {
            return await fetcher.FetchAsync(site, hash, length, path, cancel);
        }
        catch (StoreException e)
        {
            LogUnavailable(e, site, hash);
            return false;
        }
    }, cancellationToken);

    private async Task<bool> HasHashAsync(string path, BlobHash hash, CancellationToken cancellationToken)
    {
        try
        {
            await using var file = File.OpenRead(path);
            return await BlobHash.OfAsync(file, cancellationToken) == hash;
        }
        catch (Exception e) when (DiskFault.Is(e))
        {
            LogUnreadable(e, path);
            return false;
        }
    }

    private bool CanOpen(string path)
    {
        try
        {
            File.OpenHandle(path).Dispose();
            return true;
        }
        catch (Exception e) when (DiskFault.Is(e))
        {
            LogUnreadable(e, path);
            return false;
        }
    }

    private static long LengthOf(string path)
    {
        try
        {
            return new FileInfo(path) is { Exists: true } file ? file.Length : -1;
        }
        catch (Exception e) when (DiskFault.Is(e))
        {
            return -1;
        }
    }

    [LoggerMessage(EventId = 302, Level = LogLevel.Warning, Message = "{Path} in the replica can't be used and is fetched again")]
    private partial void LogUnreadable(Exception e, string path);

    [LoggerMessage(EventId = 303, Level = LogLevel.Error, Message = "The blob {Hash} of site {Site} is not in the replica and can't be had from the store now")]
    private partial void LogUnavailable(Exception e, SiteId site, BlobHash hash);

    [LoggerMessage(EventId = 304, Level = LogLevel.Warning, Message = "{Path} could not be cleared of unfinished files")]
    private partial void LogUnswept(Exception e, string path);
}

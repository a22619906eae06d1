using System.Collections.Concurrent;
using System.Security.Cryptography;
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
internal sealed partial class Replica(ReplicaLayout layout, ISnapshotStore store, ILogger<Replica> log)
{
    // Large files are hashed when they are first sent and not at each request.
    private readonly ConcurrentDictionary<string, bool> verifiedFiles = new(StringComparer.Ordinal);

    /// <summary>Makes sure that a blob is here.</summary>
    /// <returns>False when the store has it not, or twice gave other bytes than its name promises.</returns>
    /// <exception cref="StoreException">The store can't be asked: that says nothing about the blob.</exception>
    public async Task<bool> EnsureAsync(SiteId site, BlobHash hash, long length, CancellationToken cancellationToken)
    {
        var path = layout.Blob(site, hash);
        return LengthOf(path) == length || await FetchAsync(site, hash, path, cancellationToken);
    }

    /// <summary>A blob's bytes; null when they can't be had. A file that was damaged on disk is fetched again.</summary>
    public async Task<byte[]?> ReadAsync(SiteId site, BlobHash hash, long length, CancellationToken cancellationToken)
    {
        var path = layout.Blob(site, hash);
        try
        {
            if (LengthOf(path) == length && await File.ReadAllBytesAsync(path, cancellationToken) is var content && BlobHash.Of(content) == hash)
            {
                return content;
            }
        }
        catch (IOException e)
        {
            LogUnreadable(e, path);
        }

        return await TryRefetchAsync(site, hash, path, cancellationToken) ? await File.ReadAllBytesAsync(path, cancellationToken) : null;
    }

    /// <summary>The file that holds a blob; null when it can't be had.</summary>
    public async Task<string?> FindFileAsync(SiteId site, BlobHash hash, long length, CancellationToken cancellationToken)
    {
        var path = layout.Blob(site, hash);
        if (LengthOf(path) == length && (verifiedFiles.ContainsKey(path) || await HasHashAsync(path, hash, cancellationToken)))
        {
            verifiedFiles.TryAdd(path, true);
            return path;
        }

        verifiedFiles.TryRemove(path, out _);
        return await TryRefetchAsync(site, hash, path, cancellationToken) ? path : null;
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

        var manifest = ManifestFile.Read(content, reference.Manifest);
        if (manifest.Site != site || manifest.Snapshot != reference.Snapshot)
        {
            throw new StoreException(StoreFailure.Invalid, $"The manifest of {site}/{reference.Snapshot} says that it is of {manifest.Site}/{manifest.Snapshot}.");
        }

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
            return ManifestFile.Read(await File.ReadAllBytesAsync(path, cancellationToken), reference.Manifest);
        }
        catch (Exception e) when (e is StoreException or IOException)
        {
            LogUnreadable(e, path);
            return null;
        }
    }

    /// <summary>Whether a blob is here, by its length; its hash was checked when it came and is checked again when it is read.</summary>
    public bool Holds(SiteId site, StoredBody body) => LengthOf(layout.Blob(site, body.Hash)) == body.Length;

    private async Task<bool> TryRefetchAsync(SiteId site, BlobHash hash, string path, CancellationToken cancellationToken)
    {
        try
        {
            return await FetchAsync(site, hash, path, cancellationToken);
        }
        catch (StoreException e)
        {
            LogUnavailable(e, site, hash);
            return false;
        }
    }

    private async Task<bool> FetchAsync(SiteId site, BlobHash hash, string path, CancellationToken cancellationToken)
    {
        for (var tries = 1; tries <= 2; tries++)
        {
            var source = await store.OpenAsync(StoreKeys.Blob(site, hash), cancellationToken);
            if (source is null)
            {
                LogMissing(site, hash);
                return false;
            }

            await using (source)
            {
                try
                {
                    var right = false;
                    await AtomicFile.ReplaceLazilyAsync(path, layout.Temporary, async file => right = await CopyCheckedAsync(source, file, hash, cancellationToken), cancellationToken);
                    return right;
                }
                catch (WrongHashException)
                {
                    LogCorrupt(site, hash, tries);
                }
                catch (IOException e)
                {
                    throw new StoreException(StoreFailure.Unreachable, $"The blob {hash} of {site} could not be brought from {store.Location} to {path}: {e.Message}", e);
                }
            }
        }

        return false;
    }

    // Throws before the file gets its name, so that a wrong one is never there under it.
    private static async Task<bool> CopyCheckedAsync(Stream source, Stream file, BlobHash expected, CancellationToken cancellationToken)
    {
        using var sha = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var chunk = new byte[81920];
        int read;
        while ((read = await source.ReadAsync(chunk, cancellationToken)) > 0)
        {
            sha.AppendData(chunk, 0, read);
            await file.WriteAsync(chunk.AsMemory(0, read), cancellationToken);
        }

        return Convert.ToHexStringLower(sha.GetHashAndReset()) == expected.Text ? true : throw new WrongHashException();
    }

    private static async Task<bool> HasHashAsync(string path, BlobHash hash, CancellationToken cancellationToken)
    {
        await using var file = File.OpenRead(path);
        return await BlobHash.OfAsync(file, cancellationToken) == hash;
    }

    private static long LengthOf(string path) => new FileInfo(path) is { Exists: true } file ? file.Length : -1;

    private sealed class WrongHashException : Exception;

    [LoggerMessage(EventId = 300, Level = LogLevel.Error, Message = "The store's blob {Hash} of site {Site} holds other bytes than its name promises (try {Try} of 2)")]
    private partial void LogCorrupt(SiteId site, BlobHash hash, int @try);

    [LoggerMessage(EventId = 301, Level = LogLevel.Error, Message = "The store has no blob {Hash} of site {Site}")]
    private partial void LogMissing(SiteId site, BlobHash hash);

    [LoggerMessage(EventId = 302, Level = LogLevel.Warning, Message = "{Path} in the replica can't be used and is fetched again")]
    private partial void LogUnreadable(Exception e, string path);

    [LoggerMessage(EventId = 303, Level = LogLevel.Error, Message = "The blob {Hash} of site {Site} is not in the replica and can't be had from the store now")]
    private partial void LogUnavailable(Exception e, SiteId site, BlobHash hash);
}

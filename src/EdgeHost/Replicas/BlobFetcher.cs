using System.Security.Cryptography;
using EdgeHost.SnapshotStore;
using EdgeHost.SnapshotStore.Blobs;
using EdgeHost.SnapshotStore.Directories;
using EdgeHost.SnapshotStore.Sites;

namespace EdgeHost.Replicas;

/// <summary>Brings blobs from the store into files, their length and hash checked.</summary>
internal sealed partial class BlobFetcher(ReplicaLayout layout, ISnapshotStore store, ILogger log)
{
    private const int MostTries = 2;

    /// <returns>False when the store has it not, or each time gave other bytes than its name promises.</returns>
    /// <exception cref="StoreException">The store can't be asked, or the disk does not take it: that says nothing about the blob.</exception>
    public async Task<bool> FetchAsync(SiteId site, BlobHash hash, long length, string path, CancellationToken cancellationToken)
    {
        for (var tries = 1; tries <= MostTries; tries++)
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
                    await AtomicFile.ReplaceLazilyAsync(path, layout.Temporary, file => CopyCheckedAsync(source, file, hash, length, cancellationToken), cancellationToken);
                    return true;
                }
                catch (WrongBytesException)
                {
                    LogCorrupt(site, hash, tries);
                }
                catch (Exception e) when (DiskFault.Is(e))
                {
                    throw new StoreException(StoreFailure.Unreachable, $"The blob {hash} of {site} could not be brought from {store.Location} to {path}: {e.Message}", e);
                }
            }
        }

        return false;
    }

    // Throws before the file gets its name, so that a wrong one is never there under it; and as soon as there is too much, so that a wrong one can't fill the disk.
    private static async Task CopyCheckedAsync(Stream source, Stream file, BlobHash expected, long length, CancellationToken cancellationToken)
    {
        using var sha = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var chunk = new byte[81920];
        var left = length;
        int read;
        while ((read = await source.ReadAsync(chunk.AsMemory(0, (int)Math.Min(chunk.Length, left + 1)), cancellationToken)) > 0)
        {
            left -= read;
            if (left < 0)
            {
                throw new WrongBytesException();
            }

            sha.AppendData(chunk, 0, read);
            await file.WriteAsync(chunk.AsMemory(0, read), cancellationToken);
        }

        if (left > 0 || Convert.ToHexStringLower(sha.GetHashAndReset()) != expected.Text)
        {
            throw new WrongBytesException();
        }
    }

    private sealed class WrongBytesException : Exception;

    [LoggerMessage(EventId = 300, Level = LogLevel.Error, Message = "The store's blob {Hash} of site {Site} holds other bytes than its name promises (try {Try} of 2)")]
    private partial void LogCorrupt(SiteId site, BlobHash hash, int @try);

    [LoggerMessage(EventId = 301, Level = LogLevel.Error, Message = "The store has no blob {Hash} of site {Site}")]
    private partial void LogMissing(SiteId site, BlobHash hash);
}

using System.Collections.Concurrent;
using EdgeHost.SnapshotStore;
using EdgeHost.SnapshotStore.Blobs;

namespace EdgeHost.Replicas;

/// <summary>The replica's files as they are read: nothing is taken from one without its hash having been checked, and one that can't be read is as good as none.</summary>
internal sealed partial class BlobFiles(ReplicaLayout layout, TimeProvider clock, ILogger log)
{
    private readonly VerifiedFiles verified = new();
    private readonly ConcurrentDictionary<string, Lazy<Task<bool>>> hashing = new(StringComparer.Ordinal);

    /// <summary>Whether a blob is here, by its length.</summary>
    /// <param name="path">Its file.</param>
    /// <param name="length">How long it is.</param>
    /// <param name="isUse">Whether that is because somebody needs it, which is remembered for the day on which something must go.</param>
    public bool Has(string path, long length, bool isUse = true)
    {
        try
        {
            var file = new FileInfo(path);
            if (!file.Exists || file.Length != length)
            {
                return false;
            }

            if (isUse)
            {
                LastUse.Touch(file, clock, layout);
            }

            return true;
        }
        catch (Exception e) when (DiskFault.Is(e))
        {
            return false;
        }
    }

    /// <summary>A blob's bytes; null where they are not here, or others.</summary>
    public async Task<byte[]?> ReadAsync(string path, BlobHash hash, long length, CancellationToken cancellationToken) =>
        Has(path, length) ? await ReadAsync(path, content => BlobHash.Of(content) == hash ? content : null, cancellationToken) : null;

    /// <summary>What a file holds; null where it can't be read, or not be understood.</summary>
    /// <param name="path">Which file.</param>
    /// <param name="understand">Makes it of the bytes; throws <see cref="StoreException"/> where they are not what they should be.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    public async Task<T?> ReadAsync<T>(string path, Func<byte[], T?> understand, CancellationToken cancellationToken)
        where T : class
    {
        try
        {
            return File.Exists(path) ? understand(await File.ReadAllBytesAsync(path, cancellationToken)) : null;
        }
        catch (Exception e) when (e is StoreException || DiskFault.Is(e))
        {
            LogUnreadable(e, path);
            return null;
        }
    }

    /// <summary>Whether a blob is here whole, for one that is too large to be read into memory: its hash is checked when it is first asked for.</summary>
    public async Task<bool> IsWholeAsync(string path, BlobHash hash, long length, CancellationToken cancellationToken)
    {
        if (Has(path, length))
        {
            // Not added where it is known: the scrub may have found it damaged just now, and forgotten it.
            if (verified.Has(path) && CanOpen(path))
            {
                return true;
            }

            if (await HasHashOnceAsync(path, hash).WaitAsync(cancellationToken))
            {
                verified.Add(path);
                return true;
            }
        }

        verified.Remove(path);
        return false;
    }

    /// <summary>What was found out about a file does not hold any more.</summary>
    public void Forget(string path) => verified.Remove(path);

    public bool CanOpen(string path)
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

    // However many ask for a large file, it is read through once; not with the token of one of them.
    private Task<bool> HasHashOnceAsync(string path, BlobHash hash) => hashing.GetOrAdd(path, _ => new Lazy<Task<bool>>(async () =>
    {
        await Task.Yield();
        try
        {
            await using var file = File.OpenRead(path);
            return await BlobHash.OfAsync(file, CancellationToken.None) == hash;
        }
        catch (Exception e) when (DiskFault.Is(e))
        {
            LogUnreadable(e, path);
            return false;
        }
        finally
        {
            hashing.TryRemove(path, out Lazy<Task<bool>>? done);
        }
    })).Value;

    [LoggerMessage(EventId = 302, Level = LogLevel.Warning, Message = "{Path} in the replica can't be used and is fetched again")]
    private partial void LogUnreadable(Exception e, string path);
}

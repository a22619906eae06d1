using System.Security.Cryptography;
using EdgeHost.SnapshotStore;
using EdgeHost.SnapshotStore.Blobs;
using EdgeHost.SnapshotStore.Sites;

namespace EdgeHost.Replicas;

/// <summary>Brings blobs from the store into files, their length and hash checked, and tells the breaker how the store was.</summary>
internal sealed partial class BlobFetcher(ReplicaLayout layout, ReplicaDisk disk, ISnapshotStore store, StoreBreaker breaker, TimeProvider clock, ILogger log)
{
    /// <summary>What is not longer passes through memory on its way, so that whoever waits for it gets it though the disk is full.</summary>
    public const int LargestInMemory = 1024 * 1024;

    // A store that takes longer to answer is as good as none to a visitor.
    private static readonly TimeSpan SlowAfter = BlobFlights.LongestWait;

    /// <param name="site">Whose.</param>
    /// <param name="hash">Which.</param>
    /// <param name="length">How long it must be.</param>
    /// <param name="tries">How often the store may be asked, where it gives wrong bytes.</param>
    /// <param name="cancellationToken">Cancels it.</param>
    public async Task<FetchResult> FetchAsync(SiteId site, BlobHash hash, long length, int tries, CancellationToken cancellationToken)
    {
        for (var tried = 1; ; tried++)
        {
            var result = await TryAsync(site, hash, length, cancellationToken);
            if (result.Outcome == FetchOutcome.Absent)
            {
                LogMissing(site, hash);
            }
            else if (result.Outcome == FetchOutcome.Wrong)
            {
                LogCorrupt(site, hash, tried, tries);
            }

            if (result.Outcome != FetchOutcome.Wrong || tried >= tries)
            {
                return result;
            }
        }
    }

    private async Task<FetchResult> TryAsync(SiteId site, BlobHash hash, long length, CancellationToken cancellationToken)
    {
        if (!breaker.TryEnter(out var ticket))
        {
            return default;
        }

        // Whatever is reported first counts: slow, and then there all the same, is slow.
        var reported = 0;
        var began = clock.GetTimestamp();
        await using var slow = clock.CreateTimer(_ => Report(BreakerResult.Failed, $"one has not come in {clock.GetElapsedTime(began).TotalSeconds:0} s"), null, SlowAfter, Timeout.InfiniteTimeSpan);
        try
        {
            var source = await store.OpenAsync(StoreKeys.Blob(site, hash), cancellationToken);
            if (source is null || length > LargestInMemory)
            {
                // How long a large body takes says nothing about the store.
                Report(BreakerResult.Answered, null);
            }

            // It has answered. Over a thin line the rest takes its time, and that is no fault of a store which gives others what they ask for.
            slow.Change(SlowAfter + BlobFlights.TransferTime(length), Timeout.InfiniteTimeSpan);
            var result = source is null ? new FetchResult(FetchOutcome.Absent) : await TakeAsync(source, layout.Blob(site, hash), hash, length, cancellationToken);
            Report(BreakerResult.Answered, null);
            return result;
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            // Mostly what a store says of itself. Whatever else a client of one throws, it is no reason to ask again at once.
            Report(BreakerResult.Failed, e.Message);
            return new FetchResult(FetchOutcome.Failed, Problem: e);
        }
        finally
        {
            Report(BreakerResult.Abandoned, null);
        }

        void Report(BreakerResult result, string? problem)
        {
            if (Interlocked.Exchange(ref reported, 1) == 1)
            {
                return;
            }

            switch (breaker.Report(ticket, result))
            {
                case BreakerTurn.Opened:
                    LogOpened(store.Location, problem!);
                    break;
                case BreakerTurn.Closed:
                    LogClosed(store.Location);
                    break;
            }
        }
    }

    private async Task<FetchResult> TakeAsync(Stream source, string path, BlobHash hash, long length, CancellationToken cancellationToken)
    {
        try
        {
            return length > LargestInMemory ? await CopyAsync(source, path, hash, length, cancellationToken) : await ReadAsync(source, path, hash, length, cancellationToken);
        }
        catch (WrongBytesException)
        {
            return new FetchResult(FetchOutcome.Wrong);
        }
        finally
        {
            await CloseAsync(source);
        }
    }

    private async Task<FetchResult> CopyAsync(Stream source, string path, BlobHash hash, long length, CancellationToken cancellationToken)
    {
        var kept = await disk.TryWriteAsync(path, durable: false, file => CopyCheckedAsync(source, file, hash, length, cancellationToken), cancellationToken);
        return new FetchResult(kept ? FetchOutcome.Here : FetchOutcome.NotKept);
    }

    private async Task<FetchResult> ReadAsync(Stream source, string path, BlobHash hash, long length, CancellationToken cancellationToken)
    {
        using var buffer = new MemoryStream((int)length);
        await CopyCheckedAsync(source, buffer, hash, length, cancellationToken);
        var content = buffer.ToArray();
        var kept = await disk.TryWriteAsync(path, durable: false, file => file.WriteAsync(content, cancellationToken).AsTask(), cancellationToken);
        return new FetchResult(kept ? FetchOutcome.Here : FetchOutcome.NotKept, content);
    }

    private static async Task CloseAsync(Stream source)
    {
        try
        {
            await source.DisposeAsync();
        }
        catch (Exception e) when (DiskFault.Is(e))
        {
            // A client that holds a checksum of its own against what it gave: ours has told already.
        }
    }

    // Throws before the file gets its name, so that a wrong one is never there under it; and as soon as there is too much, so that a wrong one can't fill the disk.
    private async Task CopyCheckedAsync(Stream source, Stream file, BlobHash expected, long length, CancellationToken cancellationToken)
    {
        using var sha = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var chunk = new byte[Math.Min(81920, length + 1)];
        var left = length;
        int read;
        while ((read = await ReadChunkAsync(source, chunk.AsMemory(0, (int)Math.Min(chunk.Length, left + 1)), expected, cancellationToken)) > 0)
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

    // An answer that breaks off is the store's fault, and must not be taken for our disk's.
    private async Task<int> ReadChunkAsync(Stream source, Memory<byte> chunk, BlobHash hash, CancellationToken cancellationToken)
    {
        try
        {
            return await source.ReadAsync(chunk, cancellationToken);
        }
        catch (Exception e) when (DiskFault.Is(e))
        {
            throw new StoreException(StoreFailure.Unreachable, $"{store.Location} broke off in the middle of the blob {hash}: {e.Message}", e);
        }
    }

    private sealed class WrongBytesException : Exception;

    [LoggerMessage(EventId = 300, Level = LogLevel.Error, Message = "The store's blob {Hash} of site {Site} holds other bytes than its name promises (try {Try} of {Tries})")]
    private partial void LogCorrupt(SiteId site, BlobHash hash, int @try, int tries);

    [LoggerMessage(EventId = 301, Level = LogLevel.Error, Message = "The store has no blob {Hash} of site {Site}")]
    private partial void LogMissing(SiteId site, BlobHash hash);

    [LoggerMessage(EventId = 308, Level = LogLevel.Error, Message = "The store {Location} gives no blobs ({Problem}) and is left alone, but for one try each few seconds: what is not in the replica is not to be had")]
    private partial void LogOpened(string location, string problem);

    [LoggerMessage(EventId = 309, Level = LogLevel.Warning, Message = "The store {Location} gives blobs again")]
    private partial void LogClosed(string location);
}

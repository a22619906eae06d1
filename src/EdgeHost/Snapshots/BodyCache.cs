using EdgeHost.Replicas;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.Options;

namespace EdgeHost.Snapshots;

/// <summary>Bodies in memory, before the replica on disk, before the store. Each layer may fail, and the next one answers.</summary>
internal sealed class BodyCache : IDisposable
{
    private readonly MemoryCache memory;
    private readonly Replica replica;
    private readonly long largest;

    public BodyCache(Replica replica, SnapshotOptions options)
    {
        this.replica = replica;
        largest = options.LargestInMemoryKilobytes * 1024L;
        memory = new MemoryCache(Options.Create(new MemoryCacheOptions { SizeLimit = options.MemoryMegabytes * 1024L * 1024L, CompactionPercentage = 0.1, TrackStatistics = false }));
    }

    /// <summary>The bytes, if they are in memory.</summary>
    public byte[]? TryGet(SnapshotBody body) => memory.TryGetValue(body, out var found) ? (byte[])found! : null;

    /// <summary>Brings a body from the replica, or from the store through the replica.</summary>
    public async Task<BodySource> LoadAsync(SnapshotBody body, CancellationToken cancellationToken)
    {
        if (body.Length > largest)
        {
            return new BodySource(null, await replica.FindFileAsync(body.Site, body.Hash, body.Length, cancellationToken));
        }

        var content = await replica.ReadAsync(body.Site, body.Hash, body.Length, cancellationToken);
        if (content is not null)
        {
            // Bookkeeping weighs too: a thousand empty files are not free.
            memory.Set(body, content, new MemoryCacheEntryOptions { Size = content.Length + 256 });
        }

        return new BodySource(content, null);
    }

    /// <summary>The bytes if they are in memory or in the replica; null when the store would have to be asked.</summary>
    public async ValueTask<byte[]?> PeekAsync(SnapshotBody body, CancellationToken cancellationToken) =>
        TryGet(body) ?? await replica.ReadLocalAsync(body.Site, body.Hash, body.Length, cancellationToken);

    public void Dispose() => memory.Dispose();
}

using System.Collections.Concurrent;
using EdgeHost.Replicas;
using EdgeHost.Sites;
using EdgeHost.SnapshotStore.Directories;
using EdgeHost.SnapshotStore.Sites;

namespace EdgeHost.Following;

/// <summary>What a restart without the store serves: written down for a site once all of it is on disk. A disk that was full once must not make a later restart go back, so it is tried again.</summary>
internal sealed class ServingRecords(ReplicaFiles files) : IDisposable
{
    private readonly ConcurrentDictionary<SiteId, ServedSnapshot> unwritten = new();
    private readonly SemaphoreSlim writing = new(1);

    // So that nothing is added between the look at what is served and the adding that follows from it.
    private readonly Lock adding = new();

    /// <summary>All of a snapshot is here.</summary>
    public void Add(SiteId site, ServedSnapshot served)
    {
        lock (adding)
        {
            unwritten[site] = served;
        }
    }

    /// <summary>All of what is served is here now. Nothing is done where another is served by now, or the same was brought in anew: neither must be followed by what was there before it.</summary>
    public void AddIfServed(Site site, ServedSnapshot served, CancellationToken cancellationToken)
    {
        lock (adding)
        {
            if (site.State.Snapshot?.Reference.Snapshot == served.Reference.Snapshot && !cancellationToken.IsCancellationRequested)
            {
                unwritten[site.Id] = served;
            }
        }
    }

    /// <summary>It is not, or not any more what is served.</summary>
    public void Drop(SiteId site)
    {
        lock (adding)
        {
            unwritten.TryRemove(site, out _);
        }
    }

    /// <summary>Writes down what could not be written before.</summary>
    public async Task WriteAsync(CancellationToken cancellationToken)
    {
        if (unwritten.IsEmpty)
        {
            return;
        }

        await writing.WaitAsync(cancellationToken);
        try
        {
            var pending = unwritten.ToArray();
            // The blobs were written without waiting for the disk; what says that they are all there must not be there before them.
            await Task.Run(AtomicFile.Flush, cancellationToken);
            foreach (var pair in pending)
            {
                if (await files.TryWriteServingAsync(pair.Key, pair.Value, cancellationToken))
                {
                    unwritten.TryRemove(pair);
                }
            }
        }
        finally
        {
            writing.Release();
        }
    }

    public void Dispose() => writing.Dispose();
}

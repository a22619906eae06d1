using EdgeHost.SnapshotStore;
using EdgeHost.SnapshotStore.Blobs;
using EdgeHost.SnapshotStore.Sites;

namespace StaticExport.Publishing;

/// <summary>Which blobs of a site the store has: by one listing, or by asking for each where listing is denied.</summary>
internal sealed class BlobPresence(ISnapshotStore store, SiteId site)
{
    private const int Concurrency = 16;

    /// <summary>Those of <paramref name="asked"/> that are there now. One that we may not ask for counts as absent: creating it will tell.</summary>
    public async Task<HashSet<BlobHash>> FindAsync(IReadOnlyCollection<BlobHash> asked, CancellationToken cancellationToken)
    {
        if (asked.Count == 0)
        {
            return [];
        }

        try
        {
            return await ListAsync(asked.ToHashSet(), cancellationToken);
        }
        catch (StoreException e) when (e.Failure == StoreFailure.Denied)
        {
            return await AskEachAsync(asked, cancellationToken);
        }
    }

    /// <summary>Those of <paramref name="asked"/> that are not there.</summary>
    public async Task<IReadOnlyList<BlobHash>> FindMissingAsync(IReadOnlyCollection<BlobHash> asked, CancellationToken cancellationToken)
    {
        var found = await FindAsync(asked, cancellationToken);
        return [.. asked.Where(hash => !found.Contains(hash))];
    }

    private async Task<HashSet<BlobHash>> ListAsync(HashSet<BlobHash> asked, CancellationToken cancellationToken)
    {
        var found = new HashSet<BlobHash>();
        await foreach (var key in store.ListAsync(StoreKeys.Blobs(site), cancellationToken))
        {
            // sites/{site}/blobs/{ab}/{sha256}: anything else under there is not ours.
            if (BlobHash.TryParse(key[(key.LastIndexOf('/') + 1)..], out var hash) && key == StoreKeys.Blob(site, hash) && asked.Contains(hash))
            {
                found.Add(hash);
            }
        }

        return found;
    }

    private async Task<HashSet<BlobHash>> AskEachAsync(IReadOnlyCollection<BlobHash> asked, CancellationToken cancellationToken)
    {
        var found = new HashSet<BlobHash>();
        var options = new ParallelOptions { MaxDegreeOfParallelism = Concurrency, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(asked, options, async (hash, cancel) =>
        {
            if (await IsThereAsync(hash, cancel))
            {
                lock (found)
                {
                    found.Add(hash);
                }
            }
        });
        return found;
    }

    private async Task<bool> IsThereAsync(BlobHash hash, CancellationToken cancellationToken)
    {
        try
        {
            return await store.ExistsAsync(StoreKeys.Blob(site, hash), cancellationToken);
        }
        catch (StoreException e) when (e.Failure == StoreFailure.Denied)
        {
            return false;
        }
    }
}

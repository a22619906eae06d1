using System.Collections.Concurrent;
using System.Collections.Immutable;
using EdgeHost.Replicas;
using EdgeHost.Sites;
using EdgeHost.Snapshots;
using EdgeHost.SnapshotStore.Blobs;
using EdgeHost.SnapshotStore.Directories;
using EdgeHost.SnapshotStore.Manifests;
using EdgeHost.SnapshotStore.Publishing;
using EdgeHost.SnapshotStore.Sites;

namespace EdgeHost.Following;

/// <summary>Brings a snapshot into the replica, whole, and only then puts it in the place of the one before.</summary>
internal sealed partial class SnapshotLoader(
    Replica replica, ReplicaFiles files, IndexFiles indexes, SnapshotShelf shelf, StoreOptions options, TimeProvider clock, ILogger<SnapshotLoader> log) : IDisposable
{
    // What is served and not yet on disk as such: a disk that was full once must not make a later restart go back.
    private readonly ConcurrentDictionary<SiteId, ServedSnapshot> unwritten = new();
    private readonly SemaphoreSlim writing = new(1);

    /// <summary>Clears away what an edge that was killed had begun.</summary>
    public void Sweep() => replica.Sweep();

    /// <summary>Serves the last snapshot that was completely here before, without asking the store. It is opened when somebody asks for something in it.</summary>
    public void Restore(Site site, SitePublication publication)
    {
        if (files.ReadServing(site.Id) is not { } served || !indexes.Has(site.Id, served.Reference))
        {
            return;
        }

        // Nearly always what the journal says as well: held once.
        var reference = served.Reference == publication.Active ? publication.Active : served.Reference;
        site.State.Snapshot = new SiteSnapshot(new ShelvedSnapshot(shelf, site.Id, reference, served.Missing), served.Answers, RetiredOf(site, publication, reference));
        LogRestored(site.IdText, site.State.Snapshot.Id, served.Answers);
    }

    /// <summary>Fetches, checks, warms and swaps.</summary>
    /// <exception cref="SnapshotStore.StoreException">The store can't be asked, or the manifest is not what the journal says: what is served stays.</exception>
    public async Task LoadAsync(Site site, SitePublication publication, CancellationToken cancellationToken)
    {
        var reference = publication.Active!;
        var manifest = await replica.ManifestAsync(site.Id, reference, cancellationToken)
            ?? throw new SnapshotStore.StoreException(SnapshotStore.StoreFailure.Invalid, $"The manifest of {site.Id}/{reference.Snapshot} is not in the store. Publish the site again, or activate another snapshot.");
        var missing = await WarmAsync(site, manifest, cancellationToken);
        if (site.State.Publication.Active?.Snapshot != reference.Snapshot)
        {
            // Rolled back while this one was warmed: what is active now must not be overtaken.
            return;
        }

        var before = site.State.Snapshot;
        indexes.Write(site.Id, reference, manifest);
        var served = ServedSnapshot.Of(manifest, reference, missing);
        var snapshot = new SiteSnapshot(new ShelvedSnapshot(shelf, site.Id, reference, missing), served.Answers, RetiredOf(site, publication, reference));
        site.State.Snapshot = snapshot;
        site.State.SnapshotProblem = missing.Count == 0 ? null : $"{missing.Count} bodies are missing or corrupt in the store; their pages count as not in the snapshot. Publish the site again.";
        LogActivated(site.IdText, snapshot.Id, snapshot.Count, missing.Count, before?.Id);
        unwritten[site.Id] = served;
        await KeepUnwrittenAsync(cancellationToken);
        // Last: an earlier snapshot's assets are a courtesy, and the active one does not wait for them.
        await BringRetiredAsync(site, snapshot, cancellationToken);
    }

    /// <summary>Writes down what is served where that could not be done before.</summary>
    public async Task KeepUnwrittenAsync(CancellationToken cancellationToken)
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

    private async Task<HashSet<BlobHash>> WarmAsync(Site site, SnapshotManifest manifest, CancellationToken cancellationToken)
    {
        var missing = new ConcurrentBag<BlobHash>();
        await Parallel.ForEachAsync(manifest.AllBodies(), new ParallelOptions { MaxDegreeOfParallelism = options.WarmConcurrency, CancellationToken = cancellationToken }, async (body, cancel) =>
        {
            if (!await replica.EnsureAsync(site.Id, body.Hash, body.Length, cancel))
            {
                missing.Add(body.Hash);
            }
        });
        return [.. missing];
    }

    // Newest first, as the journal has them. Their bodies are here from when they were active, or come from the store when asked for.
    private RetiredAssets RetiredOf(Site site, SitePublication publication, SnapshotReference active)
    {
        var now = clock.GetUtcNow();
        ImmutableArray<RetiredOne> retired = [.. publication.Retired
            .Where(one => one.Reference.Snapshot != active.Snapshot && one.ReplacedAt + PublishState.Retention > now)
            .DistinctBy(one => one.Reference.Snapshot)
            .Select(one => new RetiredOne(new ShelvedSnapshot(shelf, site.Id, one.Reference, null), one.ReplacedAt + PublishState.Retention))];
        return retired.IsEmpty ? RetiredAssets.None : new RetiredAssets(retired);
    }

    // An edge that was not there when they were active has them not.
    private async Task BringRetiredAsync(Site site, SiteSnapshot active, CancellationToken cancellationToken)
    {
        indexes.Keep(site.Id, active.Retired.NewestFirst.Select(one => one.Snapshot.Reference.Manifest).Append(active.Reference.Manifest).ToHashSet());
        var isNew = false;
        foreach (var reference in active.Retired.NewestFirst.Select(one => one.Snapshot.Reference).Where(reference => !indexes.Has(site.Id, reference)))
        {
            try
            {
                if (await replica.ManifestAsync(site.Id, reference, cancellationToken) is { } manifest)
                {
                    indexes.Write(site.Id, reference, manifest);
                    isNew = true;
                }
            }
            catch (Exception e) when (!cancellationToken.IsCancellationRequested)
            {
                // A courtesy: whatever is wrong with an earlier snapshot, the active one is served.
                LogRetiredMissing(e, site.IdText, reference.Snapshot);
            }
        }

        if (isNew && site.State.Snapshot == active)
        {
            // Somebody may have looked before they were here.
            site.State.Snapshot = active.WithRetired(new RetiredAssets([.. active.Retired.NewestFirst
                .Select(one => one with { Snapshot = new ShelvedSnapshot(shelf, site.Id, one.Snapshot.Reference, null) })]));
        }
    }

    [LoggerMessage(EventId = 200, Level = LogLevel.Debug, Message = "Site {Site} starts from snapshot {Snapshot} in the replica ({Entries} entries)")]
    private partial void LogRestored(string site, string snapshot, int entries);

    [LoggerMessage(EventId = 201, Level = LogLevel.Information, Message = "Site {Site} has snapshot {Snapshot} ready ({Entries} entries, {Missing} bodies missing) in place of {Before}")]
    private partial void LogActivated(string site, string snapshot, int entries, int missing, string? before);

    [LoggerMessage(EventId = 202, Level = LogLevel.Warning, Message = "The earlier snapshot {Snapshot} of site {Site} can't be had; its assets are not retained")]
    private partial void LogRetiredMissing(Exception e, string site, SnapshotId snapshot);
}

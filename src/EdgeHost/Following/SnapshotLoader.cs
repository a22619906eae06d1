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

/// <summary>
/// Brings of a snapshot what visitors need at once into the replica, and only then puts it in the place of the one before; what is large comes after that. On disk the one before stays
/// what a restart serves, until all of the new one is here.
/// </summary>
internal sealed partial class SnapshotLoader : IDisposable
{
    private const int MostTries = 3;

    private readonly Replica replica;
    private readonly ReplicaFiles files;
    private readonly StoreOptions options;
    private readonly TimeProvider clock;
    private readonly ILogger<SnapshotLoader> log;
    private readonly WarmGate gate;
    private readonly SiteFills fills;

    // What the store lacks of what came after an activation: known to the next try at the same snapshot.
    private readonly ConcurrentDictionary<SiteId, (SnapshotId Snapshot, IReadOnlySet<BlobHash> Bodies)> lacking = new();

    // What is served and not yet on disk as such: a disk that was full once must not make a later restart go back.
    private readonly ConcurrentDictionary<SiteId, SnapshotReference> unwritten = new();
    private readonly SemaphoreSlim writing = new(1);

    public SnapshotLoader(Replica replica, ReplicaFiles files, StoreOptions options, TimeProvider clock, ILogger<SnapshotLoader> log)
    {
        (this.replica, this.files, this.options, this.clock, this.log) = (replica, files, options, clock, log);
        gate = new WarmGate(options.WarmConcurrency);
        fills = new SiteFills(replica, gate, options, clock, log);
    }

    /// <summary>What is still to be brought in of a site's snapshot, though it is served already.</summary>
    public (int Bodies, long Bytes) LeftOf(Site site) => fills.LeftOf(site.Id);

    /// <summary>Clears away what an edge that was killed had begun.</summary>
    public void Sweep() => replica.Sweep();

    /// <summary>Serves the last snapshot that was completely here before, without asking the store.</summary>
    public async Task RestoreAsync(Site site, SitePublication publication, CancellationToken cancellationToken)
    {
        if (await files.ReadServingAsync(site.Id, cancellationToken) is not { } reference
            || await replica.LocalManifestAsync(site.Id, reference, cancellationToken) is not { } manifest)
        {
            return;
        }

        var missing = manifest.AllBodies().Where(body => !replica.Holds(site.Id, body)).Select(body => body.Hash).ToHashSet();
        var snapshot = new SiteSnapshot(manifest, reference, missing, null);
        var retired = RetiredAssets.Carry(snapshot, null, UntilsOf(publication, reference));
        site.State.Snapshot = await WithRetiredAsync(site, snapshot.WithRetired(retired), publication, fetch: false, cancellationToken);
        LogRestored(site.IdText, snapshot.Id, snapshot.Count);
    }

    /// <summary>Fetches, checks, warms and swaps.</summary>
    /// <exception cref="SnapshotStore.StoreException">The store can't be asked, or the manifest is not what the journal says: what is served stays.</exception>
    public async Task LoadAsync(Site site, SitePublication publication, CancellationToken cancellationToken)
    {
        var reference = publication.Active!;
        var manifest = await replica.ManifestAsync(site.Id, reference, cancellationToken)
            ?? throw new SnapshotStore.StoreException(SnapshotStore.StoreFailure.Invalid, $"The manifest of {site.Id}/{reference.Snapshot} is not in the store. Publish the site again, or activate another snapshot.");
        var plan = WarmPlan.Of(manifest, site.Replica);
        var missing = await WarmAsync(site, plan.First, cancellationToken);
        if (lacking.TryGetValue(site.Id, out var known) && known.Snapshot == reference.Snapshot)
        {
            missing.UnionWith(plan.Then.Where(body => known.Bodies.Contains(body.Hash) && !replica.Holds(site.Id, body)).Select(body => body.Hash));
        }

        await CheckRestAsync(site, reference, plan.Then, cancellationToken);
        if (site.State.Publication.Active?.Snapshot != reference.Snapshot)
        {
            // Rolled back while this one was warmed: what is active now must not be overtaken.
            return;
        }

        var before = site.State.Snapshot;
        var snapshot = new SiteSnapshot(manifest, reference, missing, before);
        snapshot = snapshot.WithRetired(RetiredAssets.Carry(snapshot, before, UntilsOf(publication, reference)));
        site.State.Snapshot = snapshot;
        site.State.SnapshotProblem = ProblemOf(missing.Count);
        LogActivated(site.IdText, snapshot.Id, snapshot.Count, missing.Count, before?.Id);
        await FillAsync(site, publication, manifest, plan.Then, missing, cancellationToken);
        // Last: an earlier snapshot's assets are a courtesy, and the active one does not wait for them.
        site.State.Snapshot = await WithRetiredAsync(site, snapshot, publication, fetch: true, cancellationToken);
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

    public void Dispose()
    {
        fills.Dispose();
        writing.Dispose();
    }

    private async Task<HashSet<BlobHash>> WarmAsync(Site site, IReadOnlyCollection<StoredBody> bodies, CancellationToken cancellationToken)
    {
        var missing = new ConcurrentBag<BlobHash>();
        await Parallel.ForEachAsync(bodies, new ParallelOptions { MaxDegreeOfParallelism = options.WarmConcurrency, CancellationToken = cancellationToken }, async (body, cancel) =>
        {
            if (!replica.Holds(site.Id, body) && !await EnsureAsync(site, body, cancel))
            {
                missing.Add(body.Hash);
            }
        });
        return [.. missing];
    }

    // One lost answer of thousands must not cost the activation its next try, seconds later.
    private async Task<bool> EnsureAsync(Site site, StoredBody body, CancellationToken cancellationToken)
    {
        for (var tries = 1; ; tries++)
        {
            try
            {
                using (await gate.EnterAsync(site.Id, isFirst: true, cancellationToken))
                {
                    return await replica.EnsureAsync(site.Id, body.Hash, body.Length, cancellationToken);
                }
            }
            catch (SnapshotStore.StoreException) when (tries < MostTries)
            {
                await Task.Delay(Backoff.After(tries), clock, cancellationToken);
            }
        }
    }

    // After a restart the journal is known and the store perhaps gone: then a whole snapshot is not given up for one whose rest can't be had.
    private async Task CheckRestAsync(Site site, SnapshotReference reference, ImmutableArray<StoredBody> rest, CancellationToken cancellationToken)
    {
        if (site.State.Snapshot is { } served && served.Reference.Snapshot != reference.Snapshot && !rest.All(body => replica.Holds(site.Id, body))
            && !await replica.IsInStoreAsync(site.Id, reference, cancellationToken))
        {
            throw new SnapshotStore.StoreException(SnapshotStore.StoreFailure.Invalid, $"The rest of {site.Id}/{reference.Snapshot} is not in the store. Publish the site again, or activate another snapshot.");
        }
    }

    // What a restart serves must be here, all of it: until then that is the snapshot before.
    private async Task FillAsync(Site site, SitePublication publication, SnapshotManifest manifest, ImmutableArray<StoredBody> bodies, IReadOnlySet<BlobHash> missing, CancellationToken cancellationToken)
    {
        var reference = publication.Active!;
        if (bodies.All(body => replica.Holds(site.Id, body)))
        {
            fills.Stop(site.Id);
            lacking.TryRemove(site.Id, out _);
            unwritten[site.Id] = reference;
            await KeepUnwrittenAsync(cancellationToken);
            return;
        }

        unwritten.TryRemove(site.Id, out _);
        fills.Start(site.Id, reference.Snapshot, bodies, async (absent, cancel) =>
        {
            if (site.State.Snapshot is not { } served || served.Reference.Snapshot != reference.Snapshot)
            {
                return;
            }

            lacking[site.Id] = (reference.Snapshot, absent);
            var now = missing.Except(bodies.Select(body => body.Hash)).Concat(absent).ToHashSet();
            if (!now.SetEquals(missing))
            {
                site.State.Snapshot = new SiteSnapshot(manifest, reference, now, served).WithRetired(served.Retired);
                site.State.SnapshotProblem = ProblemOf(now.Count);
            }

            unwritten[site.Id] = reference;
            await KeepUnwrittenAsync(cancel);
        });
    }

    private static string? ProblemOf(int missing) =>
        missing == 0 ? null : $"{missing} bodies are missing or corrupt in the store; their pages count as not in the snapshot. Publish the site again.";

    private Dictionary<SnapshotId, DateTimeOffset> UntilsOf(SitePublication publication, SnapshotReference active)
    {
        var now = clock.GetUtcNow();
        return publication.Retired
            .Where(retired => retired.Reference.Snapshot != active.Snapshot && retired.ReplacedAt + PublishState.Retention > now)
            .DistinctBy(retired => retired.Reference.Snapshot)
            .ToDictionary(retired => retired.Reference.Snapshot, retired => retired.ReplacedAt + PublishState.Retention);
    }

    // Their bodies are here from when they were active, or come from the store when asked for. Those that the snapshot before knew are not read again.
    private async Task<SiteSnapshot> WithRetiredAsync(Site site, SiteSnapshot active, SitePublication publication, bool fetch, CancellationToken cancellationToken)
    {
        var untils = UntilsOf(publication, active.Reference);
        var assets = active.Retired;
        foreach (var (reference, _) in publication.Retired.DistinctBy(retired => retired.Reference.Snapshot))
        {
            if (!untils.TryGetValue(reference.Snapshot, out var until) || assets.Knows(reference.Snapshot))
            {
                continue;
            }

            try
            {
                var manifest = fetch ? await replica.ManifestAsync(site.Id, reference, cancellationToken) : await replica.LocalManifestAsync(site.Id, reference, cancellationToken);
                if (manifest is not null)
                {
                    assets = assets.With(active, new SiteSnapshot(manifest, reference, new HashSet<BlobHash>(), active), until);
                }
            }
            catch (Exception e) when (!cancellationToken.IsCancellationRequested)
            {
                // A courtesy: whatever is wrong with an earlier snapshot, the active one is served.
                LogRetiredMissing(e, site.IdText, reference.Snapshot);
            }
        }

        return ReferenceEquals(assets, active.Retired) ? active : active.WithRetired(assets);
    }

    [LoggerMessage(EventId = 200, Level = LogLevel.Information, Message = "Site {Site} starts from snapshot {Snapshot} in the replica ({Entries} entries)")]
    private partial void LogRestored(string site, string snapshot, int entries);

    [LoggerMessage(EventId = 201, Level = LogLevel.Information, Message = "Site {Site} has snapshot {Snapshot} ready ({Entries} entries, {Missing} bodies missing) in place of {Before}")]
    private partial void LogActivated(string site, string snapshot, int entries, int missing, string? before);

    [LoggerMessage(EventId = 202, Level = LogLevel.Warning, Message = "The earlier snapshot {Snapshot} of site {Site} can't be had; its assets are not retained")]
    private partial void LogRetiredMissing(Exception e, string site, SnapshotId snapshot);
}

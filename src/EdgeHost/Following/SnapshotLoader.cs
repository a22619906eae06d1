using System.Collections.Concurrent;
using System.Collections.Immutable;
using EdgeHost.Replicas;
using EdgeHost.Sites;
using EdgeHost.Snapshots;
using EdgeHost.SnapshotStore;
using EdgeHost.SnapshotStore.Blobs;
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
    private readonly IndexFiles indexes;
    private readonly SnapshotShelf shelf;
    private readonly StoreOptions options;
    private readonly TimeProvider clock;
    private readonly ILogger<SnapshotLoader> log;
    private readonly WarmGate gate;
    private readonly SiteFills fills;
    private readonly ServingRecords records;
    private readonly RetiredSnapshots retired;

    // What the store lacks of what came after an activation: known to the next try at the same snapshot.
    private readonly ConcurrentDictionary<SiteId, (SnapshotId Snapshot, IReadOnlySet<BlobHash> Bodies)> lacking = new();

    public SnapshotLoader(Replica replica, ReplicaFiles files, IndexFiles indexes, SnapshotShelf shelf, StoreOptions options, TimeProvider clock, ILogger<SnapshotLoader> log)
    {
        (this.replica, this.files, this.indexes, this.shelf, this.options, this.clock, this.log) = (replica, files, indexes, shelf, options, clock, log);
        gate = new WarmGate(options.WarmConcurrency);
        fills = new SiteFills(replica, gate, options, clock, log);
        records = new ServingRecords(files);
        retired = new RetiredSnapshots(replica, indexes, shelf, clock, log);
    }

    /// <summary>What is still to be brought in of a site's snapshot, though it is served already.</summary>
    public (int Bodies, long Bytes) LeftOf(Site site) => fills.LeftOf(site.Id);

    /// <summary>Clears away what an edge that was killed had begun.</summary>
    public void Sweep() => replica.Sweep();

    /// <summary>Serves the last snapshot of which all was here that the site's policy wants, without asking the store. It is opened when somebody asks for something in it.</summary>
    public void Restore(Site site, SitePublication publication)
    {
        if (files.ReadServing(site.Id) is not { } served || !indexes.Has(site.Id, served.Reference))
        {
            return;
        }

        // Nearly always what the journal says as well: held once.
        var reference = served.Reference == publication.Active ? publication.Active : served.Reference;
        Serve(site, served with { Reference = reference }, retired.Of(site, publication, reference));
        LogRestored(site.IdText, site.State.Snapshot!.Id, served.Answers);
    }

    /// <summary>Fetches, checks, warms and swaps.</summary>
    /// <exception cref="StoreException">The store can't be asked, or the manifest is not what the journal says: what is served stays.</exception>
    public async Task LoadAsync(Site site, SitePublication publication, CancellationToken cancellationToken)
    {
        var reference = publication.Active!;
        var manifest = await replica.ManifestAsync(site.Id, reference, cancellationToken)
            ?? throw new StoreException(StoreFailure.Invalid, $"The manifest of {site.Id}/{reference.Snapshot} is not in the store. Publish the site again, or activate another snapshot.");
        var plan = WarmPlan.Of(manifest, site.Replica);
        // Looked at every half minute while a body is missing: that is not to keep all others here that nobody needs.
        var isUse = site.State.Snapshot is not { IsBroken: false } current || current.Reference.Snapshot != reference.Snapshot;
        var missing = await WarmAsync(site, plan.First, isUse, cancellationToken);
        if (lacking.TryGetValue(site.Id, out var known) && known.Snapshot == reference.Snapshot)
        {
            missing.UnionWith(plan.Then.Where(body => known.Bodies.Contains(body.Hash) && !replica.Holds(site.Id, body, isUse)).Select(body => body.Hash));
        }

        await CheckRestAsync(site, reference, plan.Then, cancellationToken);
        if (site.State.Publication.Active?.Snapshot != reference.Snapshot)
        {
            // Rolled back while this one was warmed: what is active now must not be overtaken.
            return;
        }

        var before = site.State.Snapshot;
        indexes.Write(site.Id, reference, manifest);
        var served = ServedSnapshot.Of(manifest, reference, missing);
        var snapshot = Serve(site, served, retired.Of(site, publication, reference));
        LogActivated(site.IdText, snapshot.Id, snapshot.Count, missing.Count, before?.Id);
        await FillAsync(site, served, plan.Then, isUse, cancellationToken);
        // Last: an earlier snapshot's assets are a courtesy, and the active one does not wait for them.
        await retired.BringAsync(site, snapshot, cancellationToken);
    }

    /// <summary>Writes down what is served where that could not be done before.</summary>
    public Task KeepUnwrittenAsync(CancellationToken cancellationToken) => records.WriteAsync(cancellationToken);

    public void Dispose()
    {
        fills.Dispose();
        records.Dispose();
    }

    private SiteSnapshot Serve(Site site, ServedSnapshot served, RetiredAssets before)
    {
        var snapshot = SnapshotOf(site, served, before);
        site.State.Snapshot = snapshot;
        TellMissing(site);
        return snapshot;
    }

    private SiteSnapshot SnapshotOf(Site site, ServedSnapshot served, RetiredAssets before) =>
        new(new ShelvedSnapshot(shelf, site.Id, served.Reference, served.Missing), served.Answers, before);

    // Until it is said of what is served, should that change meanwhile.
    private static void TellMissing(Site site)
    {
        SiteSnapshot? served;
        do
        {
            served = site.State.Snapshot;
            site.State.SnapshotProblem = served is { Missing: > 0 and var missing } ? $"{missing} bodies are missing or corrupt in the store; their pages count as not in the snapshot. Publish the site again." : null;
        }
        while (site.State.Snapshot != served);
    }

    private async Task<HashSet<BlobHash>> WarmAsync(Site site, IReadOnlyCollection<StoredBody> bodies, bool isUse, CancellationToken cancellationToken)
    {
        var missing = new ConcurrentBag<BlobHash>();
        await Parallel.ForEachAsync(bodies, new ParallelOptions { MaxDegreeOfParallelism = options.WarmConcurrency, CancellationToken = cancellationToken }, async (body, cancel) =>
        {
            if (!replica.Holds(site.Id, body, isUse) && !await EnsureAsync(site, body, cancel))
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
            catch (StoreException) when (tries < MostTries)
            {
                await Task.Delay(Backoff.After(tries), clock, cancellationToken);
            }
        }
    }

    // After a restart the journal is known and the store perhaps gone: then a whole snapshot is not given up for one whose rest can't be had.
    private async Task CheckRestAsync(Site site, SnapshotReference reference, ImmutableArray<StoredBody> rest, CancellationToken cancellationToken)
    {
        if (site.State.Snapshot is { } served && served.Reference.Snapshot != reference.Snapshot && !rest.All(body => replica.Holds(site.Id, body, isUse: true))
            && !await replica.IsInStoreAsync(site.Id, reference, cancellationToken))
        {
            throw new StoreException(StoreFailure.Invalid, $"The rest of {site.Id}/{reference.Snapshot} is not in the store. Publish the site again, or activate another snapshot.");
        }
    }

    // What a restart serves must be here, all of it: until then that is the snapshot before.
    private async Task FillAsync(Site site, ServedSnapshot first, ImmutableArray<StoredBody> bodies, bool isUse, CancellationToken cancellationToken)
    {
        if (bodies.All(body => replica.Holds(site.Id, body, isUse)))
        {
            fills.Stop(site.Id);
            lacking.TryRemove(site.Id, out _);
            records.Add(site.Id, first);
            await records.WriteAsync(cancellationToken);
            return;
        }

        records.Drop(site.Id);
        fills.Start(site.Id, first.Reference.Snapshot, bodies, (absent, cancel) => FilledAsync(site, first, bodies, absent, cancel));
    }

    private async Task FilledAsync(Site site, ServedSnapshot first, ImmutableArray<StoredBody> bodies, IReadOnlySet<BlobHash> absent, CancellationToken cancellationToken)
    {
        if (site.State.Snapshot?.Reference.Snapshot != first.Reference.Snapshot)
        {
            return;
        }

        lacking[site.Id] = (first.Reference.Snapshot, absent);
        var served = first;
        var missing = first.Missing.Except(bodies.Select(body => body.Hash)).Concat(absent).ToHashSet();
        if (!missing.SetEquals(first.Missing) && await replica.ManifestAsync(site.Id, first.Reference, cancellationToken) is { } manifest)
        {
            served = ServedSnapshot.Of(manifest, first.Reference, missing);
            site.State.ChangeSnapshot(first.Reference.Snapshot, now => SnapshotOf(site, served, now.Retired));
            TellMissing(site);
        }

        records.AddIfServed(site, served, cancellationToken);
        await records.WriteAsync(cancellationToken);
    }

    [LoggerMessage(EventId = 200, Level = LogLevel.Debug, Message = "Site {Site} starts from snapshot {Snapshot} in the replica ({Entries} entries)")]
    private partial void LogRestored(string site, string snapshot, int entries);

    [LoggerMessage(EventId = 201, Level = LogLevel.Information, Message = "Site {Site} has snapshot {Snapshot} ready ({Entries} entries, {Missing} bodies missing) in place of {Before}")]
    private partial void LogActivated(string site, string snapshot, int entries, int missing, string? before);
}

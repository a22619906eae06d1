using System.Collections.Concurrent;
using System.Collections.Immutable;
using EdgeHost.Replicas;
using EdgeHost.Sites;
using EdgeHost.Snapshots;
using EdgeHost.SnapshotStore.Blobs;
using EdgeHost.SnapshotStore.Directories;
using EdgeHost.SnapshotStore.Manifests;
using EdgeHost.SnapshotStore.Publishing;

namespace EdgeHost.Following;

/// <summary>Brings a snapshot into the replica, whole, and only then puts it in the place of the one before.</summary>
internal sealed partial class SnapshotLoader(Replica replica, ReplicaFiles files, TimeProvider clock, ILogger<SnapshotLoader> log)
{
    /// <summary>Serves the last snapshot that was completely here before, without asking the store.</summary>
    public async Task RestoreAsync(Site site, SnapshotOptions options, SitePublication publication, CancellationToken cancellationToken)
    {
        if (await files.ReadServingAsync(site.Id, cancellationToken) is not { } reference
            || await replica.LocalManifestAsync(site.Id, reference, cancellationToken) is not { } manifest)
        {
            return;
        }

        var missing = manifest.AllBodies().Where(body => !replica.Holds(site.Id, body)).Select(body => body.Hash).ToHashSet();
        var snapshot = new SiteSnapshot(manifest, reference, missing, options, null);
        site.State.Snapshot = snapshot.WithRetired(await RetiredAsync(site, publication, reference, options, fetch: false, cancellationToken));
        LogRestored(site.IdText, snapshot.Id, snapshot.Count);
    }

    /// <summary>Fetches, checks, warms and swaps.</summary>
    /// <exception cref="SnapshotStore.StoreException">The store can't be asked, or the manifest is not what the journal says: what is served stays.</exception>
    public async Task LoadAsync(Site site, SnapshotOptions options, StoreOptions store, SitePublication publication, CancellationToken cancellationToken)
    {
        var reference = publication.Active!;
        var manifest = await replica.ManifestAsync(site.Id, reference, cancellationToken)
            ?? throw new SnapshotStore.StoreException(SnapshotStore.StoreFailure.Invalid, $"The manifest of {site.Id}/{reference.Snapshot} is not in the store. Publish the site again, or activate another snapshot.");
        var missing = await WarmAsync(site, manifest, store.WarmConcurrency, cancellationToken);
        var before = site.State.Snapshot;
        var snapshot = new SiteSnapshot(manifest, reference, missing, options, before);
        site.State.Snapshot = snapshot.WithRetired(await RetiredAsync(site, publication, reference, options, fetch: true, cancellationToken));
        site.State.SnapshotProblem = missing.Count == 0 ? null : $"{missing.Count} bodies are missing or corrupt in the store; their pages count as not in the snapshot. Publish the site again.";
        // The blobs were written without waiting for the disk; what says that they are all there must not be there before them.
        await Task.Run(AtomicFile.Flush, cancellationToken);
        await files.WriteServingAsync(site.Id, reference, cancellationToken);
        LogActivated(site.IdText, snapshot.Id, snapshot.Count, missing.Count, before?.Id);
    }

    private async Task<HashSet<BlobHash>> WarmAsync(Site site, SnapshotManifest manifest, int concurrency, CancellationToken cancellationToken)
    {
        var missing = new ConcurrentBag<BlobHash>();
        await Parallel.ForEachAsync(manifest.AllBodies(), new ParallelOptions { MaxDegreeOfParallelism = concurrency, CancellationToken = cancellationToken }, async (body, cancel) =>
        {
            if (!await replica.EnsureAsync(site.Id, body.Hash, body.Length, cancel))
            {
                missing.Add(body.Hash);
            }
        });
        return [.. missing];
    }

    // Their bodies are here from when they were active, or come from the store when asked for.
    private async Task<ImmutableArray<(SiteSnapshot Snapshot, DateTimeOffset Until)>> RetiredAsync(
        Site site, SitePublication publication, SnapshotReference active, SnapshotOptions options, bool fetch, CancellationToken cancellationToken)
    {
        var retired = ImmutableArray.CreateBuilder<(SiteSnapshot, DateTimeOffset)>();
        foreach (var (reference, replacedAt) in publication.Retired)
        {
            var until = replacedAt + PublishState.Retention;
            if (until <= clock.GetUtcNow() || reference.Snapshot == active.Snapshot)
            {
                continue;
            }

            try
            {
                var manifest = fetch ? await replica.ManifestAsync(site.Id, reference, cancellationToken) : await replica.LocalManifestAsync(site.Id, reference, cancellationToken);
                if (manifest is not null)
                {
                    retired.Add((new SiteSnapshot(manifest, reference, new HashSet<BlobHash>(), options, site.State.Snapshot), until));
                }
            }
            catch (SnapshotStore.StoreException e)
            {
                // An earlier snapshot's assets are a courtesy; the active one does not wait for them.
                LogRetiredMissing(e, site.IdText, reference.Snapshot);
            }
        }

        return retired.ToImmutable();
    }

    [LoggerMessage(EventId = 200, Level = LogLevel.Information, Message = "Site {Site} starts from snapshot {Snapshot} in the replica ({Entries} entries)")]
    private partial void LogRestored(string site, string snapshot, int entries);

    [LoggerMessage(EventId = 201, Level = LogLevel.Information, Message = "Site {Site} has snapshot {Snapshot} ready ({Entries} entries, {Missing} bodies missing) in place of {Before}")]
    private partial void LogActivated(string site, string snapshot, int entries, int missing, string? before);

    [LoggerMessage(EventId = 202, Level = LogLevel.Warning, Message = "The earlier snapshot {Snapshot} of site {Site} can't be had; its assets are not retained")]
    private partial void LogRetiredMissing(Exception e, string site, SnapshotId snapshot);
}

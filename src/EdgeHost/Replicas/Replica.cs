using EdgeHost.SnapshotStore;
using EdgeHost.SnapshotStore.Blobs;
using EdgeHost.SnapshotStore.Manifests;
using EdgeHost.SnapshotStore.Publishing;
using EdgeHost.SnapshotStore.Sites;

namespace EdgeHost.Replicas;

/// <summary>
/// The edge's own copy of blobs and manifests. Nothing enters it, and nothing is taken from it into memory, without its hash having been checked.
/// </summary>
internal sealed partial class Replica : IDisposable
{
    private const int TriesForSnapshot = 2;

    private readonly ReplicaLayout layout;
    private readonly ISnapshotStore store;
    private readonly ILogger<Replica> log;
    private readonly BlobFiles files;
    private readonly StoreBreaker breaker;
    private readonly ReplicaDisk disk;
    private readonly BlobFetcher fetcher;
    private readonly BlobFlights flights;

    /// <param name="layout">Where.</param>
    /// <param name="store">What it is a copy of.</param>
    /// <param name="clock">The time.</param>
    /// <param name="log">Where what is wrong is said.</param>
    /// <param name="blobs">The same store for blobs, which sends each question once; null: <paramref name="store"/>.</param>
    public Replica(ReplicaLayout layout, ISnapshotStore store, TimeProvider clock, ILogger<Replica> log, ISnapshotStore? blobs = null)
    {
        (this.layout, this.store, this.log) = (layout, store, log);
        files = new BlobFiles(layout, clock, log);
        breaker = new StoreBreaker(clock);
        disk = new ReplicaDisk(layout, clock, log);
        fetcher = new BlobFetcher(layout, disk, blobs ?? store, breaker, clock, log);
        flights = new BlobFlights(breaker, clock);
    }

    /// <summary>Whether the store is asked for blobs now.</summary>
    public BreakerPhase Breaker => breaker.Phase;

    /// <summary>Why nothing can be written into it; null when all is well.</summary>
    public string? DiskProblem => disk.Problem;

    /// <summary>Takes up what is there, and clears away what an edge that was killed had not finished writing. One edge owns its data directory, so at start nothing there is anybody's.</summary>
    public void Sweep()
    {
        disk.Open();
        if (layout.Format.IsNewer)
        {
            return;
        }

        try
        {
            foreach (var file in Directory.Exists(layout.Temporary) ? Directory.EnumerateFiles(layout.Temporary) : [])
            {
                File.Delete(file);
            }
        }
        catch (Exception e) when (DiskFault.Is(e))
        {
            LogUnswept(e, layout.Temporary);
        }
    }

    /// <summary>Makes sure that a blob is here, for a snapshot that can't do without it.</summary>
    /// <returns>False when the store has it not, or twice gave other bytes than its name promises.</returns>
    /// <exception cref="StoreException">The store can't be asked: that says nothing about the blob.</exception>
    /// <exception cref="IOException">The disk does not take it.</exception>
    public async Task<bool> EnsureAsync(SiteId site, BlobHash hash, long length, CancellationToken cancellationToken)
    {
        var path = layout.Blob(site, hash);
        if (files.Has(path, length))
        {
            return true;
        }

        var result = await flights.JoinAsync(path, length, again: true, cancel => fetcher.FetchAsync(site, hash, length, TriesForSnapshot, cancel), cancellationToken);
        return result.Outcome switch
        {
            FetchOutcome.Here => true,
            FetchOutcome.Absent or FetchOutcome.Wrong => false,
            FetchOutcome.NotKept => throw new IOException($"The replica's disk does not take the blob {hash} of {site}: {disk.Problem}"),
            _ => throw new StoreException(StoreFailure.Unreachable, result.Problem?.Message ?? $"{store.Location} has just failed, and is left alone for a few seconds.", result.Problem),
        };
    }

    /// <summary>Brings a blob that nobody waits for. One that has just failed is not asked for again yet.</summary>
    public async Task<FetchOutcome> FillAsync(SiteId site, BlobHash hash, long length, CancellationToken cancellationToken)
    {
        var path = layout.Blob(site, hash);
        return files.Has(path, length)
            ? FetchOutcome.Here
            : (await flights.JoinAsync(path, length, again: false, cancel => fetcher.FetchAsync(site, hash, length, 1, cancel), cancellationToken)).Outcome;
    }

    /// <summary>Brings a blob anew, whatever is there under its name: that was found to be damaged.</summary>
    public async Task<FetchOutcome> RepairAsync(SiteId site, BlobHash hash, long length, CancellationToken cancellationToken)
    {
        var path = layout.Blob(site, hash);
        files.Forget(path);
        return (await flights.JoinAsync(path, length, again: false, cancel => fetcher.FetchAsync(site, hash, length, 1, cancel), cancellationToken)).Outcome;
    }

    /// <summary>A blob's bytes; null when they can't be had. A file that was damaged on disk is fetched again.</summary>
    public async Task<byte[]?> ReadAsync(SiteId site, BlobHash hash, long length, CancellationToken cancellationToken)
    {
        var path = layout.Blob(site, hash);
        if (await files.ReadAsync(path, hash, length, cancellationToken) is { } content)
        {
            return content;
        }

        var result = await RefetchAsync(site, hash, length, path, cancellationToken);
        return result.Content ?? (result.Outcome == FetchOutcome.Here ? await files.ReadAsync(path, hash, length, cancellationToken) : null);
    }

    /// <summary>A blob's bytes if they are here, and whole: the store is not asked.</summary>
    public Task<byte[]?> ReadLocalAsync(SiteId site, BlobHash hash, long length, CancellationToken cancellationToken) =>
        files.ReadAsync(layout.Blob(site, hash), hash, length, cancellationToken);

    /// <summary>The file that holds a blob; null when it can't be had.</summary>
    public async Task<string?> FindFileAsync(SiteId site, BlobHash hash, long length, CancellationToken cancellationToken)
    {
        var path = layout.Blob(site, hash);
        if (await files.IsWholeAsync(path, hash, length, cancellationToken))
        {
            return path;
        }

        return (await RefetchAsync(site, hash, length, path, cancellationToken)).Outcome == FetchOutcome.Here && files.CanOpen(path) ? path : null;
    }

    /// <summary>A manifest by its hash, from here or from the store; null when the store has it not.</summary>
    /// <exception cref="StoreException">The store can't be asked, or the manifest is not what the journal says.</exception>
    public async Task<SnapshotManifest?> ManifestAsync(SiteId site, SnapshotReference reference, CancellationToken cancellationToken)
    {
        if (await LocalManifestAsync(site, reference, cancellationToken) is { } local)
        {
            return local;
        }

        var content = await store.ReadAsync(StoreKeys.Manifest(site, reference.Snapshot), cancellationToken);
        if (content is null)
        {
            return null;
        }

        var manifest = PublishedSnapshot.Parse(content, site, reference);
        await disk.TryWriteAsync(layout.Manifest(site, reference.Manifest), durable: true, file => file.WriteAsync(content, cancellationToken).AsTask(), cancellationToken);
        return manifest;
    }

    /// <summary>Whether the store has a snapshot, and so could give what is still to come of it.</summary>
    /// <exception cref="StoreException">The store can't be asked.</exception>
    public async Task<bool> IsInStoreAsync(SiteId site, SnapshotReference reference, CancellationToken cancellationToken)
    {
        await using var manifest = await store.OpenAsync(StoreKeys.Manifest(site, reference.Snapshot), cancellationToken);
        return manifest is not null;
    }

    /// <summary>A manifest that is here; null when it is not, or is damaged.</summary>
    public Task<SnapshotManifest?> LocalManifestAsync(SiteId site, SnapshotReference reference, CancellationToken cancellationToken) =>
        files.ReadAsync(layout.Manifest(site, reference.Manifest), content => PublishedSnapshot.Parse(content, site, reference), cancellationToken);

    /// <summary>Whether a blob is here, by its length; its hash was checked when it came and is checked again when it is read.</summary>
    /// <param name="site">Whose.</param>
    /// <param name="body">Which.</param>
    /// <param name="isUse">Whether it is needed from now on, and not only looked for: then it is not removed as what nobody has needed.</param>
    public bool Holds(SiteId site, StoredBody body, bool isUse) => files.Has(layout.Blob(site, body.Hash), body.Length, isUse);

    public void Dispose() => flights.Dispose();

    private async Task<FetchResult> RefetchAsync(SiteId site, BlobHash hash, long length, string path, CancellationToken cancellationToken) =>
        await flights.RunAsync(path, length, async cancel =>
        {
            var result = await fetcher.FetchAsync(site, hash, length, 1, cancel);
            if (result.Problem is { } problem)
            {
                // What a store says of itself needs no stack, and comes for many blobs at once.
                LogUnavailable(problem is StoreException ? null : problem, site, hash, problem.Message);
            }

            return result;
        }, cancellationToken);

    [LoggerMessage(EventId = 303, Level = LogLevel.Error, Message = "The blob {Hash} of site {Site} is not in the replica and can't be had from the store now: {Problem}")]
    private partial void LogUnavailable(Exception? e, SiteId site, BlobHash hash, string problem);

    [LoggerMessage(EventId = 304, Level = LogLevel.Warning, Message = "{Path} could not be cleared of unfinished files")]
    private partial void LogUnswept(Exception e, string path);
}

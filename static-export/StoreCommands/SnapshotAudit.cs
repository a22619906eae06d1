using System.Collections.Concurrent;
using EdgeHost.SnapshotStore;
using EdgeHost.SnapshotStore.Blobs;
using EdgeHost.SnapshotStore.Manifests;
using EdgeHost.SnapshotStore.Publishing;
using EdgeHost.SnapshotStore.Sites;

namespace StaticExport.StoreCommands;

/// <summary>Reads every blob of a snapshot. One that several snapshots share is read once.</summary>
internal sealed class SnapshotAudit(ISnapshotStore store, VerifyReport report)
{
    private const int Concurrency = 8;

    private readonly ConcurrentDictionary<string, Task<string?>> seen = new(StringComparer.Ordinal);

    public async Task RunAsync(SiteId site, SnapshotReference reference, CancellationToken cancellationToken)
    {
        SnapshotManifest manifest;
        try
        {
            manifest = await PublishedSnapshot.ReadManifestAsync(store, site, reference, cancellationToken);
            report.Good();
        }
        catch (StoreException e) when (e.Failure == StoreFailure.Invalid)
        {
            report.Bad($"{site} {reference.Snapshot}: {e.Message}");
            return;
        }

        var bodies = manifest.AllBodies().ToList();
        var bad = 0;
        await Parallel.ForEachAsync(bodies, new ParallelOptions { MaxDegreeOfParallelism = Concurrency, CancellationToken = cancellationToken }, async (body, cancel) =>
        {
            var key = StoreKeys.Blob(site, body.Hash);
            if (await seen.GetOrAdd(key, _ => ProblemAsync(key, body, cancel)) is { } problem)
            {
                Interlocked.Increment(ref bad);
                report.Bad($"{site} {reference.Snapshot}: {key} {problem}");
            }
        });
        if (bad == 0)
        {
            report.Say($"ok   {site} {reference.Snapshot}: {reference.Entries} entries, {bodies.Count} blobs");
        }
    }

    private async Task<string?> ProblemAsync(string key, StoredBody body, CancellationToken cancellationToken)
    {
        var content = await store.OpenAsync(key, cancellationToken);
        if (content is null)
        {
            return "is missing";
        }

        await using (content)
        {
            try
            {
                var found = await BlobHash.OfAsync(content, cancellationToken);
                if (found != body.Hash)
                {
                    return $"holds other bytes: their SHA-256 is {found}";
                }
            }
            catch (IOException e)
            {
                throw new StoreException(StoreFailure.Unreachable, $"{store.Location} broke off while sending {key}: {e.Message}", e);
            }
        }

        report.Good();
        return null;
    }
}

using System.Collections.Concurrent;
using EdgeHost.SnapshotStore;
using EdgeHost.SnapshotStore.Blobs;
using EdgeHost.SnapshotStore.Manifests;
using EdgeHost.SnapshotStore.Publishing;
using EdgeHost.SnapshotStore.Sites;

namespace StaticExport.StoreCommands;

/// <summary>Reads every blob of a snapshot. One that several snapshots share is read once.</summary>
internal sealed class SnapshotAudit(ISnapshotStore store, TimeProvider clock, VerifyReport report)
{
    private const int Concurrency = 8;

    private static readonly TimeSpan BetweenSignsOfLife = TimeSpan.FromSeconds(10);

    private readonly ConcurrentDictionary<string, Task<string?>> seen = new(StringComparer.Ordinal);

    /// <returns>Whether the snapshot is whole.</returns>
    public async Task<bool> RunAsync(string position, SiteId site, SnapshotReference reference, CancellationToken cancellationToken)
    {
        var name = $"{site} {reference.Snapshot}";
        SnapshotManifest manifest;
        try
        {
            manifest = await PublishedSnapshot.ReadManifestAsync(store, site, reference, cancellationToken);
            report.Good();
        }
        catch (StoreException e) when (e.Failure == StoreFailure.Invalid)
        {
            report.Bad($"{name}: {e.Message}");
            return false;
        }

        // Pages with the same bytes name the same blob.
        var bodies = manifest.AllBodies().DistinctBy(body => body.Hash).ToList();
        var done = 0;
        var bad = 0;
        await using (clock.CreateTimer(_ => report.Say($"     {name} ({position}): {done} of {bodies.Count} blobs"), null, BetweenSignsOfLife, BetweenSignsOfLife))
        {
            await Parallel.ForEachAsync(bodies, new ParallelOptions { MaxDegreeOfParallelism = Concurrency, CancellationToken = cancellationToken }, async (body, cancel) =>
            {
                var key = StoreKeys.Blob(site, body.Hash);
                if (await seen.GetOrAdd(key, _ => ProblemAsync(key, body, cancel)) is { } problem)
                {
                    Interlocked.Increment(ref bad);
                    report.Bad($"{name}: {key} {problem}");
                }

                Interlocked.Increment(ref done);
            });
        }

        report.Say(bad == 0
            ? $"ok   {name} ({position}): {reference.Entries} entries, {bodies.Count} blobs"
            : $"     {name} ({position}): {reference.Entries} entries, {bad} of {bodies.Count} blobs are bad");
        return bad == 0;
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

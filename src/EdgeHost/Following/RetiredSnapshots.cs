using System.Collections.Immutable;
using EdgeHost.Replicas;
using EdgeHost.Sites;
using EdgeHost.Snapshots;
using EdgeHost.SnapshotStore.Manifests;
using EdgeHost.SnapshotStore.Publishing;

namespace EdgeHost.Following;

/// <summary>The snapshots before the active one, whose assets are answered for a while. Their bodies are here from when they were active, or come from the store when asked for.</summary>
internal sealed partial class RetiredSnapshots(Replica replica, IndexFiles indexes, SnapshotShelf shelf, TimeProvider clock, ILogger log)
{
    /// <summary>Those that count, the newest first, as the journal has them. Nothing is read.</summary>
    public RetiredAssets Of(Site site, SitePublication publication, SnapshotReference active)
    {
        var now = clock.GetUtcNow();
        ImmutableArray<RetiredOne> retired = [.. publication.RetainedAt(now)
            .Where(one => one.Reference.Snapshot != active.Snapshot)
            .DistinctBy(one => one.Reference.Snapshot)
            .Select(one => new RetiredOne(new ShelvedSnapshot(shelf, site.Id, one.Reference, null), one.RetainedUntil()))];
        return retired.IsEmpty ? RetiredAssets.None : new RetiredAssets(retired);
    }

    /// <summary>Brings the lists of those that an edge lacks which was not there when they were active.</summary>
    public async Task BringAsync(Site site, SiteSnapshot active, CancellationToken cancellationToken)
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
                LogMissing(e, site.IdText, reference.Snapshot);
            }
        }

        if (isNew)
        {
            // Somebody may have looked before they were here.
            var retired = new RetiredAssets([.. active.Retired.NewestFirst.Select(one => one with { Snapshot = new ShelvedSnapshot(shelf, site.Id, one.Snapshot.Reference, null) })]);
            site.State.ChangeSnapshot(active.Reference.Snapshot, served => served.WithRetired(retired));
        }
    }

    [LoggerMessage(EventId = 202, Level = LogLevel.Warning, Message = "The earlier snapshot {Snapshot} of site {Site} can't be had; its assets are not retained")]
    private partial void LogMissing(Exception e, string site, SnapshotId snapshot);
}

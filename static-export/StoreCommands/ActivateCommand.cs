using System.CommandLine;
using EdgeHost.SnapshotStore.Manifests;
using EdgeHost.SnapshotStore.Publishing;
using EdgeHost.SnapshotStore.Sites;
using StaticExport.Publishing;

namespace StaticExport.StoreCommands;

/// <summary><c>static-export activate</c>: a person chooses a snapshot. It stays until it is unpinned; exports only stage meanwhile.</summary>
internal static class ActivateCommand
{
    public static Command Create()
    {
        var site = CommonOptions.Site(required: true);
        var snapshot = CommonOptions.Snapshot(required: true);
        var reason = CommonOptions.Reason();
        var actor = CommonOptions.Actor();
        return new Command("activate", "Makes an earlier or staged snapshot the one that visitors get, and pins it: exports only stage until 'unpin'.") { site, snapshot, reason, actor }
            .OnStore((session, cancellationToken) => RunAsync(
                session,
                session.Arguments.GetValue(site)!.Value,
                session.Arguments.GetValue(snapshot)!.Value,
                session.Arguments.GetRequiredValue(reason),
                session.Arguments.GetRequiredValue(actor),
                cancellationToken));
    }

    private static async Task<int> RunAsync(StoreSession session, SiteId site, SnapshotId id, string reason, string actor, CancellationToken cancellationToken)
    {
        var publishing = await PublishingStore.OpenAsync(session.Store, session.Clock, cancellationToken);
        if (await FindAsync(publishing, site, id, cancellationToken) is not { } reference)
        {
            return await session.RefuseAsync($"The journal names no snapshot {id} of {site}: 'static-export list --site {site}' shows those that there are.");
        }

        var manifest = await publishing.ReadManifestAsync(site, reference, cancellationToken);
        var missing = await new BlobPresence(session.Store, site).FindMissingAsync([.. manifest.AllBodies().Select(body => body.Hash)], cancellationToken);
        if (missing.Count > 0)
        {
            return await session.RefuseAsync($"The snapshot {id} lacks {missing.Count} of its blobs, {missing[0]} among them: nothing was changed. 'static-export verify --site {site}' shows which snapshots are whole.");
        }

        var before = SitePublication.Empty;
        var (_, record) = await publishing.Journal.AppendAsync(
            publishing.View,
            state =>
            {
                before = state.Of(site);
                return before.Pinned && before.Active?.Snapshot == id ? null : PublishRecords.Activated(site, reference, before.Active?.Snapshot, pin: true, actor, reason);
            },
            cancellationToken);
        await session.Out.WriteLineAsync(record is null ? $"{site} serves {id} and is pinned to it already." : Describe(site, id, record.Number, before));
        return ExitCode.Done;
    }

    // The fold keeps the newest; older ones are in the journal's records.
    private static async Task<SnapshotReference?> FindAsync(PublishingStore publishing, SiteId site, SnapshotId id, CancellationToken cancellationToken)
    {
        if (publishing.View.State.Of(site).Find(id) is { } reference)
        {
            return reference;
        }

        await foreach (var (owner, named) in PublishedReferences.ReadAsync(publishing.Journal, publishing.Identity.Id, cancellationToken))
        {
            if (owner == site && named.Snapshot == id)
            {
                return named;
            }
        }

        return null;
    }

    private static string Describe(SiteId site, SnapshotId id, long number, SitePublication before)
    {
        var undo = before.Active is { } earlier && earlier.Snapshot != id ? $"static-export activate --site {site} --snapshot {earlier.Snapshot} --reason …" : null;
        var unpin = before.Pinned ? null : $"static-export unpin --site {site} --reason …";
        return $"{site} serves {id} (journal record {number}), was {before.Active?.Snapshot.ToString() ?? "none"}. It is pinned: exports only stage.\n"
            + $"To undo: {string.Join(", then ", new[] { undo, unpin }.OfType<string>())}";
    }
}

using System.CommandLine;
using EdgeHost.SnapshotStore.Publishing;
using EdgeHost.SnapshotStore.Sites;
using StaticExport.Publishing;

namespace StaticExport.StoreCommands;

/// <summary><c>static-export unpin</c>: exports activate again. What is active stays until the next one.</summary>
internal static class UnpinCommand
{
    public static Command Create()
    {
        var site = CommonOptions.Site(required: true);
        var reason = CommonOptions.Reason();
        var actor = CommonOptions.Actor();
        return new Command("unpin", "Lets exports activate again after 'activate' has pinned a snapshot.") { site, reason, actor }
            .OnStore((session, cancellationToken) => RunAsync(
                session, session.Arguments.GetValue(site)!.Value, session.Arguments.GetRequiredValue(reason), session.Arguments.GetRequiredValue(actor), cancellationToken));
    }

    private static async Task<int> RunAsync(StoreSession session, SiteId site, string reason, string actor, CancellationToken cancellationToken)
    {
        var publishing = await PublishingStore.OpenAsync(session.Store, session.Clock, cancellationToken);
        var (view, record) = await publishing.Journal.AppendAsync(
            publishing.View, state => state.Of(site).Pinned ? PublishRecords.Unpinned(site, actor, reason) : null, cancellationToken);
        var active = view.State.Of(site).Active?.Snapshot;
        await session.Out.WriteLineAsync(record is null
            ? $"{site} is not pinned."
            : $"{site} is not pinned any more (journal record {record.Number}): it serves {active} until the next export activates.\n"
                + $"To undo: static-export activate --site {site} --snapshot {active} --reason …");
        return ExitCode.Done;
    }
}

using System.CommandLine;
using EdgeHost.SnapshotStore;
using EdgeHost.SnapshotStore.Identity;
using EdgeHost.SnapshotStore.Journals;
using EdgeHost.SnapshotStore.Manifests;
using EdgeHost.SnapshotStore.Publishing;
using EdgeHost.SnapshotStore.Sites;

namespace StaticExport.StoreCommands;

/// <summary><c>static-export verify</c>: whether everything that the journals name is there, and is what it was.</summary>
internal static class VerifyCommand
{
    public static Command Create()
    {
        var site = CommonOptions.Site(required: false);
        var snapshot = CommonOptions.Snapshot(required: false);
        var command = new Command("verify", "Reads the journals from their first record, and every blob of every snapshot that they name, and checks each against its hash.") { site, snapshot }
            .OnStore((session, cancellationToken) => RunAsync(session, session.Arguments.GetValue(site), session.Arguments.GetValue(snapshot), cancellationToken));
        command.Validators.Add(result =>
        {
            if (result.GetResult(snapshot) is not null && result.GetResult(site) is null)
            {
                result.AddError("--snapshot needs --site.");
            }
        });
        return command;
    }

    private static async Task<int> RunAsync(StoreSession session, SiteId? site, SnapshotId? snapshot, CancellationToken cancellationToken)
    {
        var report = new VerifyReport(session.Out);
        var identity = await StoreIdentity.ReadAsync(session.Store, cancellationToken);
        report.Good();
        await new JournalAudit(session.Store, session.Clock, report).RunAsync(identity.Id, cancellationToken);
        var named = await NamedAsync(session, identity.Id, site, snapshot, cancellationToken);
        if (named.Count == 0 && site is not null)
        {
            report.Bad($"The journal names no {(snapshot is null ? $"site {site}" : $"snapshot {snapshot} of {site}")}.");
        }

        if (named.Count > 0)
        {
            report.Say($"     {named.Count} snapshots to read");
        }

        var audit = new SnapshotAudit(session.Store, session.Clock, report);
        var damaged = 0;
        for (var n = 0; n < named.Count; n++)
        {
            damaged += await audit.RunAsync($"{n + 1}/{named.Count}", named[n].Site, named[n].Reference, cancellationToken) ? 0 : 1;
        }

        await session.Out.WriteLineAsync($"{named.Count} snapshots, {damaged} of them not whole. {report.Checked} objects checked, {report.Problems} problems.");
        return report.Problems == 0 ? ExitCode.Done : ExitCode.Failed;
    }

    /// <summary>By site, newest first: what visitors get is nearly always among the first.</summary>
    private static async Task<List<(SiteId Site, SnapshotReference Reference)>> NamedAsync(
        StoreSession session, string storeId, SiteId? site, SnapshotId? snapshot, CancellationToken cancellationToken)
    {
        var named = new HashSet<(SiteId Site, SnapshotReference Reference)>();
        try
        {
            await foreach (var one in PublishedReferences.ReadAsync(new Journal<PublishState>(session.Store, session.Clock), storeId, cancellationToken))
            {
                if ((site is null || one.Site == site) && (snapshot is null || one.Reference.Snapshot == snapshot))
                {
                    named.Add(one);
                }
            }
        }
        catch (StoreException e) when (e.Failure == StoreFailure.Damaged)
        {
            // The audit of the journals has said so; what the sound part names is worth checking too.
        }

        return [.. named.OrderBy(one => one.Site.ToString(), StringComparer.Ordinal).ThenByDescending(one => one.Reference.Snapshot.ToString(), StringComparer.Ordinal)];
    }
}

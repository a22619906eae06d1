using System.CommandLine;
using EdgeHost.SnapshotStore.Manifests;
using EdgeHost.SnapshotStore.Sites;

namespace StaticExport.StoreCommands;

/// <summary><c>static-export verify</c>: whether everything that the journals name is there, and is what it was.</summary>
internal static class VerifyCommand
{
    public static Command Create()
    {
        var site = CommonOptions.Site(required: false);
        var snapshot = CommonOptions.Snapshot(required: false);
        var command = new Command("verify", "Reads the journals from their first record, and every blob of every snapshot, and checks each against its hash.") { site, snapshot }
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
        var publications = await new JournalAudit(session.Store, session.Clock, report).RunAsync(cancellationToken);
        var audit = new SnapshotAudit(session.Store, report);
        var checkedAny = false;
        foreach (var (name, publication) in publications.Sites.Where(one => site is null || one.Key == site.ToString()))
        {
            var id = SiteId.Parse(name);
            // An active snapshot may be older than the newest that the fold keeps.
            var references = publication.Published.Concat(publication.Active is { } active ? [active] : []).Concat(publication.Retired.Select(retired => retired.Reference))
                .DistinctBy(reference => reference.Snapshot)
                .Where(reference => snapshot is null || reference.Snapshot == snapshot);
            foreach (var reference in references)
            {
                checkedAny = true;
                await audit.RunAsync(id, reference, cancellationToken);
            }
        }

        if (!checkedAny && site is not null)
        {
            report.Bad($"The journal names no {(snapshot is null ? $"site {site}" : $"snapshot {snapshot} of {site}")}.");
        }

        await session.Out.WriteLineAsync($"{report.Checked} objects checked, {report.Problems} problems.");
        return report.Problems == 0 ? ExitCode.Done : ExitCode.Failed;
    }
}

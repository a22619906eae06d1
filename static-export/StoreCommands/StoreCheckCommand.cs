using System.CommandLine;
using EdgeHost.SnapshotStore.Fitness;

namespace StaticExport.StoreCommands;

/// <summary><c>static-export store check</c>: whether a directory or bucket is fit to be a store.</summary>
internal static class StoreCheckCommand
{
    public static Command Create() => new("store", "Looks at the store itself.")
    {
        new Command("check", "Tries out whether a directory or bucket does what EdgeHost relies on. Leaves one small object there, once ever.").OnStore(RunAsync),
    };

    private static async Task<int> RunAsync(StoreSession session, CancellationToken cancellationToken)
    {
        var findings = await StoreFitness.CheckAsync(session.Store, cancellationToken);
        foreach (var finding in findings)
        {
            await session.Out.WriteLineAsync($"{Mark(finding.Level),-8} {finding.Check}: {finding.Detail}");
        }

        var unfit = findings.Any(finding => finding.Level == FindingLevel.Unfit);
        await session.Out.WriteLineAsync(unfit ? $"{session.Store.Location} is not fit to be a store." : $"{session.Store.Location} is fit to be a store.");
        return unfit ? ExitCode.Failed : ExitCode.Done;
    }

    private static string Mark(FindingLevel level) => level switch
    {
        FindingLevel.Good => "ok",
        FindingLevel.Unknown => "unknown",
        FindingLevel.Warning => "warning",
        _ => "UNFIT",
    };
}

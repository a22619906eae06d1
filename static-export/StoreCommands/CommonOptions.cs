using System.CommandLine;
using System.CommandLine.Parsing;
using EdgeHost.SnapshotStore.Manifests;
using EdgeHost.SnapshotStore.Sites;

namespace StaticExport.StoreCommands;

/// <summary>Options that several commands have, with one meaning and one form.</summary>
internal static class CommonOptions
{
    public static Option<SiteId?> Site(bool required) => new("--site")
    {
        Description = "The site's id: 1 to 63 of a-z, 0-9 and '-'." + (required ? "" : " Default: all sites."),
        HelpName = "ID",
        Required = required,
        CustomParser = result => SiteId.TryParse(result.Tokens[0].Value, out var site) ? site : Refuse<SiteId>(result, SiteId.FaultOf),
    };

    public static Option<SnapshotId?> Snapshot(bool required) => new("--snapshot")
    {
        Description = "The snapshot's id, as 'static-export list --site ID' shows it." + (required ? "" : " Default: all snapshots."),
        HelpName = "ID",
        Required = required,
        CustomParser = result => SnapshotId.TryParse(result.Tokens[0].Value, out var snapshot) ? snapshot : Refuse<SnapshotId>(result, SnapshotId.FaultOf),
    };

    public static Option<string> Reason() => new("--reason") { Description = "Why. It is kept in the journal.", HelpName = "TEXT", Required = true };

    public static Option<string> Actor() => new("--actor")
    {
        Description = "Who decides this, for the journal. Default: user@machine.",
        DefaultValueFactory = _ => $"{Environment.UserName}@{Environment.MachineName}",
    };

    public static Option<bool> Json() => new("--json") { Description = "Prints JSON for programs. Default: a table, or tab-separated lines where nobody looks." };

    private static T? Refuse<T>(ArgumentResult result, Func<string, string> faultOf)
        where T : struct
    {
        result.AddError(faultOf(result.Tokens[0].Value));
        return null;
    }
}

using System.CommandLine;
using System.Globalization;
using EdgeHost.SnapshotStore.Sites;
using StaticExport.Publishing;

namespace StaticExport.StoreCommands;

/// <summary><c>static-export list</c>: which snapshot each site serves, or which snapshots one site has.</summary>
internal static class ListCommand
{
    public static Command Create()
    {
        var site = CommonOptions.Site(required: false);
        var json = CommonOptions.Json();
        return new Command("list", "Shows which snapshot each site serves; with --site, the snapshots that it has.") { site, json }
            .OnStore((session, cancellationToken) => RunAsync(session, session.Arguments.GetValue(site), session.Arguments.GetValue(json), cancellationToken));
    }

    private static async Task<int> RunAsync(StoreSession session, SiteId? only, bool json, CancellationToken cancellationToken)
    {
        var publishing = await PublishingStore.OpenAsync(session.Store, session.Clock, cancellationToken);
        var sites = publishing.View.State.Sites.Where(site => only is null || site.Key == only.ToString()).Select(site => SiteListing.Of(site.Key, site.Value)).ToList();
        if (only is not null && sites.Count == 0)
        {
            return await session.RefuseAsync($"The journal names no site {only}.");
        }

        if (json)
        {
            await session.Out.WriteLineAsync(SiteListing.ToJson(publishing.Identity.Id, sites));
        }
        else if (only is null)
        {
            Table.Write(
                session.Out,
                ["site", "active", "captured", "entries", "pinned", "last export"],
                sites.Select(site => new[] { site.Site, site.Active ?? "none", Time(site.ActiveCapturedAt), site.ActiveEntries?.ToString(CultureInfo.InvariantCulture) ?? "", site.Pinned ? "pinned" : "", site.LastExport ?? "" }));
        }
        else
        {
            Table.Write(
                session.Out,
                ["snapshot", "state", "captured", "entries"],
                sites[0].Snapshots.Select(snapshot => new[] { snapshot.Snapshot, snapshot.State, Time(snapshot.CapturedAt), snapshot.Entries.ToString(CultureInfo.InvariantCulture) }));
        }

        return ExitCode.Done;
    }

    private static string Time(DateTimeOffset? time) => time?.ToString("u", CultureInfo.InvariantCulture) ?? "";
}

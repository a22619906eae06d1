using System.CommandLine;
using System.Globalization;
using EdgeHost.Cli.Edges;
using EdgeHost.Cli.Printing;
using EdgeHost.ControlContracts;

namespace EdgeHost.Cli.Status;

/// <summary><c>edgectl status</c>: what each site is answered with, and why.</summary>
internal static class StatusCommand
{
    public static Command Create() => new Command("status", "Shows what each site is answered with, and why.").OnEdge(async (session, cancellationToken) =>
        await session.EndAsync(await session.Edge.SitesAsync(cancellationToken), ControlJson.Readable.SitesResponse, async response =>
        {
            await session.Error.WriteLineAsync($"edge {response.Edge.Id} {response.Edge.Version}, {Times.Of(response.Edge.Now)}; store {response.Store.State}{(response.Store.Problem is { } problem ? $": {problem}" : "")}");
            foreach (var error in response.Edge.ConfigurationErrors)
            {
                await session.Error.WriteLineAsync($"configuration not in force: {error}");
            }

            Table.Write(session.Out, ["site", "answers", "mode", "set on", "by", "until", "origin", "snapshot", "missing", "req/s"], response.Sites.Select(RowOf));
            return ExitCode.Done;
        }));

    private static string[] RowOf(SiteStatus site) =>
    [
        site.Id,
        site.State,
        site.Mode.Mode,
        site.Mode.Local == true ? $"{site.Mode.Scope} (this edge)" : site.Mode.Scope ?? "",
        site.Mode.Actor is { } actor ? $"{actor}: {site.Mode.Reason}" : "",
        site.Mode.Scope is null ? "" : site.Mode.ExpiresAt is { } end ? Times.Of(end) : "removed",
        $"{site.Origin.Name} {site.Origin.Health}",
        site.Snapshot is { } snapshot ? $"{Times.AgeOf(TimeSpan.FromSeconds(snapshot.AgeSeconds))} old" : "none",
        site.Snapshot is { MissingBodies: > 0 and var missing } ? missing.ToString(CultureInfo.InvariantCulture) : "",
        Numbers.Of(site.Requests?.PerSecond),
    ];
}

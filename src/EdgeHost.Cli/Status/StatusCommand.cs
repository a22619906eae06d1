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
            foreach (var warning in response.Sites.SelectMany(WarningsOf))
            {
                await session.Error.WriteLineAsync(Table.OneLine($"warning: {warning}"));
            }

            return ExitCode.Done;
        }));

    // What turns nothing, and is to be looked at by a person.
    private static IEnumerable<string> WarningsOf(SiteStatus site)
    {
        if (site.Content is { Lost: true, Since: { } since } content)
        {
            yield return $"{site.Id} has lost its content since {Times.Of(since)}: {content.LostPages} of {content.LookedPages} pages are answered with something else, last with {content.Received}";
        }

        if (site.Probe is { Finding: "configuration-error" } probe)
        {
            yield return $"the probe of {site.Id} can't be right, and is left out of account: it sent {probe.Sent} and received {probe.Received}, though pages are answered well or it has never passed";
        }

        if (site.SnapshotProblem is { } problem)
        {
            yield return $"the snapshot of {site.Id}: {problem}";
        }
    }

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

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
            if (response.Edge.Replica is { Bytes: { } bytes } replica)
            {
                await session.Error.WriteLineAsync($"replica {Numbers.OfBytes(bytes)}{(replica.BudgetBytes is { } budget ? $" of {Numbers.OfBytes(budget)}" : "")}");
            }

            foreach (var error in response.Edge.ConfigurationErrors)
            {
                await session.Error.WriteLineAsync($"configuration not in force: {error}");
            }

            if (Table.IsForPrograms(session.Out))
            {
                Table.Write(session.Out, [], response.Sites.Select(FieldsOf));
            }
            else
            {
                Table.Write(session.Out, ["site", "answers", "mode", "origin", "snapshot", "missing", "req/s"], response.Sites.Select(RowOf));
                foreach (var line in response.Sites.Where(site => site.Mode.Scope is not null).Select(OrderOf))
                {
                    await session.Out.WriteLineAsync(Table.OneLine(line));
                }
            }

            foreach (var warning in Warnings.Of(response).Concat(response.Sites.SelectMany(Warnings.Of)))
            {
                await session.Error.WriteLineAsync(Table.OneLine($"warning: {warning}"));
            }

            return ExitCode.Done;
        }));

    // In this order since the first version: programs count the fields.
    private static string[] FieldsOf(SiteStatus site) =>
    [
        site.Id,
        site.State,
        site.Mode.Mode,
        site.Mode.Scope is null ? "" : ScopeOf(site.Mode),
        site.Mode.Actor is { } actor ? $"{actor}: {site.Mode.Reason}" : "",
        site.Mode.Scope is null ? "" : site.Mode.ExpiresAt is { } end ? Times.Of(end) : "removed",
        $"{site.Origin.Name} {site.Origin.Health}",
        AgeOf(site),
        MissingOf(site),
        Numbers.Of(site.Requests?.PerSecond),
    ];

    private static string[] RowOf(SiteStatus site) => [site.Id, AnswersOf(site), site.Mode.Mode, $"{site.Origin.Name} {site.Origin.Health}", AgeOf(site), MissingOf(site), Numbers.Of(site.Requests?.PerSecond)];

    private static string AnswersOf(SiteStatus site)
    {
        var percent = Math.Min(site.Origin.Scope.LivePercent, site.Health.LivePercent);
        return site.State == "live" && site.Mode.Mode == "auto" && site.Origin.Health == "returning" && site.Snapshot is not null ? $"live for {percent} %"
            : site.Content is { Lost: true } ? $"{site.State}, content lost"
            : site.State;
    }

    private static string OrderOf(SiteStatus site) => $"{site.Id}: {site.Mode.Mode} on {ScopeOf(site.Mode)} {Times.UntilOf(site.Mode.ExpiresAt)}, {site.Mode.Actor}: {site.Mode.Reason}";

    private static string ScopeOf(ModeStatus mode) => mode.Local == true ? $"{mode.Scope} (this edge)" : mode.Scope!;

    private static string AgeOf(SiteStatus site) => site.Snapshot is { } snapshot ? $"{Times.AgeOf(TimeSpan.FromSeconds(snapshot.AgeSeconds))} old" : "none";

    private static string MissingOf(SiteStatus site) => site.Snapshot is { MissingBodies: > 0 and var missing } ? missing.ToString(CultureInfo.InvariantCulture) : "";
}

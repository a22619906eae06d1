using System.CommandLine;
using EdgeHost.Cli.Edges;
using EdgeHost.Cli.Printing;
using EdgeHost.ControlContracts;

namespace EdgeHost.Cli.Modes;

/// <summary><c>edgectl mode list</c>: what is set, by whom and why, the narrowest scope first; and what other edges hold for themselves alone.</summary>
internal static class ModeListCommand
{
    public static Command Create() => new Command("list", "Lists what is set, by whom and why, on this edge and on others for themselves alone.").OnEdge(async (session, cancellationToken) =>
        await session.EndAsync(await session.Edge.OverridesAsync(cancellationToken), ControlJson.Readable.OverridesResponse, async response =>
        {
            if (response.Overrides.Count == 0)
            {
                await session.Error.WriteLineAsync("Nothing is set: each site is answered as its health has it.");
            }
            else
            {
                Table.Write(session.Out, ["scope", "mode", "on", "by", "reason", "since", "until"], response.Overrides.Select(RowOf));
            }

            return ExitCode.Done;
        }));

    private static string[] RowOf(OverrideStatus set) =>
    [
        set.Scope,
        set.Mode,
        set.Local == true ? "this edge" : set.Edge is { } edge ? $"edge {edge}" : "all edges",
        set.Actor,
        set.Reason ?? "",
        Times.Of(set.Since),
        set.ExpiresAt is { } end ? Times.Of(end) : "removed",
    ];
}

using System.CommandLine;
using EdgeHost.Cli.Edges;
using EdgeHost.Cli.Printing;
using EdgeHost.ControlContracts;

namespace EdgeHost.Cli.Modes;

/// <summary><c>edgectl mode clear</c>: ends what is set on a scope.</summary>
internal static class ModeClearCommand
{
    public static Command Create()
    {
        var change = new ChangeOptions();
        var command = new Command("clear", "Ends what is set on a scope; what is set on a wider one holds then.");
        change.AddTo(command);
        change.Reason.Required = true;
        command.Options.Add(change.DryRun);
        return command.OnEdge((session, cancellationToken) =>
        {
            var request = change.Read(session.Arguments);
            return session.Arguments.GetValue(change.DryRun) ? PlanCommand.ShowAsync(session, request with { Clear = true }, cancellationToken) : ClearAsync(session, request, cancellationToken);
        });
    }

    private static async Task<int> ClearAsync(EdgeSession session, PlanRequest request, CancellationToken cancellationToken) => await session.EndAsync(
        await session.Edge.ClearAsync(request.Scope!, request, cancellationToken),
        ControlJson.Readable.OverrideResponse,
        async done =>
        {
            if (done.Warning is { } warning)
            {
                await session.Error.WriteLineAsync($"warning: {warning}");
            }

            if (done.Before is null)
            {
                await session.Out.WriteLineAsync($"Nothing was set on {done.Scope}{Changes.RecordOf(done)}.");
                return await OtherwiseSetAsync(session, done, cancellationToken);
            }

            await session.Out.WriteLineAsync($"{done.Scope} is not in mode {done.Before} any more{Changes.RecordOf(done)}.");
            await session.Out.WriteLineAsync($"To undo: {Changes.UndoOf(done)}");
            return ExitCode.Done;
        });

    // Who clears the one and meant the other would believe that it is over.
    private static async Task<int> OtherwiseSetAsync(EdgeSession session, OverrideResponse done, CancellationToken cancellationToken)
    {
        var set = (await session.Edge.OverridesAsync(cancellationToken)).Value?.Overrides.FirstOrDefault(one => one.Scope == done.Scope && one.Edge is null);
        if (set is null)
        {
            return ExitCode.Done;
        }

        await session.Error.WriteLineAsync(set.Local == true
            ? $"On this edge alone it is in mode {set.Mode} {Times.UntilOf(set.ExpiresAt)}: add --local."
            : $"On all edges it is in mode {set.Mode} {Times.UntilOf(set.ExpiresAt)}: leave --local out.");
        return ExitCode.Refused;
    }
}

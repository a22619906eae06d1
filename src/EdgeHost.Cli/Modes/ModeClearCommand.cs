using System.CommandLine;
using EdgeHost.Cli.Edges;
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
            await session.Out.WriteLineAsync(done.Before is null ? $"Nothing was set on {done.Scope}{Changes.RecordOf(done)}." : $"{done.Scope} is not in mode {done.Before} any more{Changes.RecordOf(done)}.");
            if (done.Before is not null)
            {
                await session.Out.WriteLineAsync($"To undo: {Changes.UndoOf(done)}");
            }

            if (done.Warning is { } warning)
            {
                await session.Error.WriteLineAsync($"warning: {warning}");
            }

            return ExitCode.Done;
        });
}

using System.CommandLine;
using EdgeHost.Cli.Edges;
using EdgeHost.Cli.Printing;
using EdgeHost.ControlContracts;

namespace EdgeHost.Cli.Modes;

/// <summary><c>edgectl mode set</c>: sets a mode on a scope.</summary>
internal static class ModeSetCommand
{
    public static Command Create()
    {
        var (change, mode) = (new ChangeOptions(), new ModeOptions(TimeProvider.System));
        var command = new Command("set", "Sets a mode. What is answered is in the journal: a restart and every other edge see it.");
        change.AddTo(command);
        mode.AddTo(command);
        mode.Mode.Arity = ArgumentArity.ExactlyOne;
        change.Reason.Required = true;
        command.Options.Add(change.DryRun);
        return command.OnEdge((session, cancellationToken) =>
        {
            var request = mode.Read(change.Read(session.Arguments), session.Arguments);
            return session.Arguments.GetValue(change.DryRun) ? PlanCommand.ShowAsync(session, request, cancellationToken) : SetAsync(session, request, cancellationToken);
        });
    }

    private static async Task<int> SetAsync(EdgeSession session, PlanRequest request, CancellationToken cancellationToken) => await session.EndAsync(
        await session.Edge.SetAsync(request.Scope!, request, cancellationToken),
        ControlJson.Readable.OverrideResponse,
        async done =>
        {
            await session.Out.WriteLineAsync($"{done.Scope} is in mode {done.Mode} {Times.UntilOf(done.ExpiresAt)}{Changes.RecordOf(done)}.");
            await session.Out.WriteLineAsync($"To undo: {Changes.UndoOf(done)}");
            if (done.Warning is { } warning)
            {
                await session.Error.WriteLineAsync($"warning: {warning}");
            }

            return ExitCode.Done;
        });
}

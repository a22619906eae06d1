using System.CommandLine;
using EdgeHost.SnapshotStore;

namespace StaticExport.StoreCommands;

/// <summary>What all commands on a store have in common: its options, and failures that end in a sentence and an exit code.</summary>
internal static class StoreCommand
{
    public static Command OnStore(this Command command, Func<StoreSession, CancellationToken, Task<int>> run)
    {
        var options = new StoreOptions();
        options.AddTo(command);
        command.SetAction(async (arguments, cancellationToken) =>
        {
            try
            {
                var clock = TimeProvider.System;
                var store = options.Open(arguments, clock);
                using var disposal = store as IDisposable;
                return await run(new StoreSession(arguments, store, clock), cancellationToken);
            }
            catch (StoreException e)
            {
                await arguments.InvocationConfiguration.Error.WriteLineAsync($"error: {e.Message}");
                return e.Failure is StoreFailure.Unreachable or StoreFailure.Denied ? ExitCode.Store : ExitCode.Failed;
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                await arguments.InvocationConfiguration.Error.WriteLineAsync("cancelled");
                return ExitCode.Cancelled;
            }
        });
        return command;
    }
}

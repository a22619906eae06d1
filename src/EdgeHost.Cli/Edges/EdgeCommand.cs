using System.CommandLine;

namespace EdgeHost.Cli.Edges;

/// <summary>What all commands have in common: which edge, JSON or words, and failures that end in a sentence and an exit code.</summary>
internal static class EdgeCommand
{
    public static Command OnEdge(this Command command, Func<EdgeSession, CancellationToken, Task<int>> run)
    {
        var options = new EdgeOptions();
        var json = new Option<bool>("--json") { Description = "Prints the edge's own answer, for programs." };
        options.AddTo(command);
        command.Options.Add(json);
        command.SetAction(async (arguments, cancellationToken) =>
        {
            var error = arguments.InvocationConfiguration.Error;
            var (edge, fault) = options.Open(arguments);
            if (edge is null)
            {
                await error.WriteLineAsync($"error: {fault}");
                return ExitCode.Usage;
            }

            using var closed = edge;
            try
            {
                return await run(new EdgeSession(arguments, edge, arguments.GetValue(json)), cancellationToken);
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                await error.WriteLineAsync("cancelled");
                return ExitCode.Cancelled;
            }
        });
        return command;
    }
}

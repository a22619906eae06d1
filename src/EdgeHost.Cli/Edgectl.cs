using System.CommandLine;
using System.CommandLine.Parsing;
using EdgeHost.Cli.Explaining;
using EdgeHost.Cli.Modes;
using EdgeHost.Cli.Status;

namespace EdgeHost.Cli;

/// <summary>The operator's command line. It asks one edge by its control API, and knows nothing else of it.</summary>
internal static class Edgectl
{
    public static async Task<int> RunAsync(IReadOnlyList<string> args, InvocationConfiguration io)
    {
        var root = new RootCommand("Shows and switches what an edge serves.")
        {
            StatusCommand.Create(),
            new Command("mode", "Lists, sets and ends modes.") { ModeListCommand.Create(), ModeSetCommand.Create(), ModeClearCommand.Create() },
            PlanCommand.Create(),
            ExplainCommand.Create(),
        };
        var arguments = root.Parse(args);
        if (arguments.Errors.Count == 0 || args.Count == 0)
        {
            var code = await arguments.InvokeAsync(io);
            return arguments.Errors.Count > 0 ? ExitCode.Usage : code;
        }

        // Without the help, behind which an error scrolls off the screen.
        foreach (var error in arguments.Errors)
        {
            await io.Error.WriteLineAsync($"error: {error.Message}");
        }

        await io.Error.WriteLineAsync($"See '{string.Join(' ', PathOf(arguments.CommandResult).Reverse())} --help'.");
        return ExitCode.Usage;

        static IEnumerable<string> PathOf(SymbolResult? result)
        {
            for (; result is CommandResult command; result = result.Parent)
            {
                yield return command.Parent is null ? "edgectl" : command.Command.Name;
            }
        }
    }
}

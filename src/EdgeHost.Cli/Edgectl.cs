using System.CommandLine;
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
        var code = await arguments.InvokeAsync(io);
        return arguments.Errors.Count > 0 ? ExitCode.Usage : code;
    }
}

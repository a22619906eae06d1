using System.CommandLine;
using Spectre.Console;

namespace EdgeHost.Demo.Walkthrough;

internal static class WalkthroughCommand
{
    public static RootCommand Create()
    {
        var directory = new Option<string?>("--directory") { Description = "A working folder to keep. Default: a temporary one.", HelpName = "DIR" };
        var port = new Option<int?>("--port") { Description = "The port of the websites. Default: 8080, or a free one.", HelpName = "N" };
        var script = new Option<bool>("--script") { Description = "Plays the outage without a person, checks every page and ends with 0 or 1." };

        var root = new RootCommand("Starts a platform with three websites, publishes their snapshots, puts an edge in front, and lets you kill the platform.")
        {
            directory, port, script,
        };
        root.SetAction((arguments, cancellationToken) => new OutageWalkthrough(AnsiConsole.Console, TimeProvider.System).RunAsync(
            new WalkthroughOptions(arguments.GetValue(directory), arguments.GetValue(port), arguments.GetValue(script)), cancellationToken));
        return root;
    }
}

using System.CommandLine;
using EdgeHost.Demo.Platform;
using EdgeHost.Demo.Walkthrough;

var root = WalkthroughCommand.Create();
root.Subcommands.Add(PlatformCommand.Create());

// Long enough to end the children after a Ctrl-C.
return await root.Parse(args).InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = TimeSpan.FromSeconds(15) });

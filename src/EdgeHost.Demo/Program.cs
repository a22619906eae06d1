using System.CommandLine;
using EdgeHost.Demo.Platform;

var root = new RootCommand("EdgeHost's demonstration.") { PlatformCommand.Create() };
return await root.Parse(args).InvokeAsync();

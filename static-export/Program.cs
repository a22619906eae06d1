using System.CommandLine;

return await new RootCommand("Publishes snapshots of websites for EdgeHost.").Parse(args).InvokeAsync();

using System.CommandLine;
using StaticExport;
using StaticExport.Publish;

var root = new RootCommand("Publishes snapshots of websites for EdgeHost.")
{
    PublishCommand.Create(),
};

var arguments = root.Parse(args);
var code = await arguments.InvokeAsync();
return arguments.Errors.Count > 0 ? ExitCode.Usage : code;

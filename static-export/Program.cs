using System.CommandLine;
using StaticExport;
using StaticExport.Publish;
using StaticExport.StoreCommands;

var root = new RootCommand("Publishes snapshots of websites for EdgeHost.")
{
    PublishCommand.Create(),
    InitCommand.Create(),
    ListCommand.Create(),
    ActivateCommand.Create(),
    UnpinCommand.Create(),
    VerifyCommand.Create(),
    StoreCheckCommand.Create(),
};

var arguments = root.Parse(args);
var code = await arguments.InvokeAsync();
return arguments.Errors.Count > 0 ? ExitCode.Usage : code;

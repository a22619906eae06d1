using System.CommandLine;
using System.CommandLine.Invocation;
using StaticExport.Publish;
using StaticExport.StoreCommands;

var root = new RootCommand("Publishes snapshots of websites for EdgeHost.")
{
    InitCommand.Create(),
    PublishCommand.Create(),
    ListCommand.Create(),
    ActivateCommand.Create(),
    UnpinCommand.Create(),
    VerifyCommand.Create(),
    StoreCheckCommand.Create(),
};

var arguments = root.Parse(args);
var code = await arguments.InvokeAsync();
return arguments.Action is ParseErrorAction ? ExitCode.CouldNotAsk : code;

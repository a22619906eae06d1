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
// After Ctrl-C, an export still puts on record that it ended.
var code = await arguments.InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = TimeSpan.FromSeconds(15) });
return arguments.Errors.Count > 0 ? ExitCode.Usage : code;

using System.CommandLine;
using EdgeHost;
using EdgeHost.Management;
using EdgeHost.Transport;

InlineSockets.Use();
var config = new Option<FileInfo?>("--config") { Description = "A JSON file with the section EdgeHost. It comes before appsettings.json and is read again when it changes; environment variables (EdgeHost__PublicUrl) come before both.", Recursive = true };
var root = new RootCommand("EdgeHost: keeps customers' websites up while the platform behind them is down.") { config, HealthCommand.Create(config, new EdgeOptions().DataDirectory) };
root.SetAction((result, cancellationToken) => Edge.RunAsync(result.GetValue(config), cancellationToken));
return await root.Parse(args).InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = Edge.LongestEnd });

using EdgeHost.Cli;

return await Edgectl.RunAsync(args, new());

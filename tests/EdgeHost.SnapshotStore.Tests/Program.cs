using EdgeHost.SnapshotStore.Tests.Directories;
using Xunit.MicrosoftTestingPlatform;
using Xunit.Runner.InProc.SystemConsole;

namespace EdgeHost.SnapshotStore.Tests;

/// <summary>The tests; or, for the test that kills it, a program that writes to a directory store.</summary>
internal static class Program
{
    // What xunit generates, which can't be asked to do something else. "--server" is how 'dotnet test' starts it.
    public static async Task<int> Main(string[] args)
    {
        if (Environment.GetEnvironmentVariable(KilledWriter.Variable) is { Length: > 0 } root)
        {
            await KilledWriter.RunAsync(root);
            return 0;
        }

        return args.Contains("--server") || args.Contains("--internal-msbuild-node")
            ? await TestPlatformTestFramework.RunAsync(args, SelfRegisteredExtensions.AddSelfRegisteredExtensions)
            : await ConsoleRunner.Run(args);
    }
}

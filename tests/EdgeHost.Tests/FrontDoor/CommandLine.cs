using System.CommandLine;
using EdgeHost.Cli;

namespace EdgeHost.Tests.FrontDoor;

/// <summary><c>edgectl</c> as an operator of the bench's edge runs it.</summary>
internal static class CommandLine
{
    public static async Task<(int Code, string Output, string Error)> RunAsync(Bench bench, params string[] line)
    {
        await using var output = new StringWriter();
        await using var error = new StringWriter();
        string[] edge = line.Contains("--edge") ? [] : ["--edge", bench.Management.BaseAddress!.ToString()];
        string[] token = line.Contains("--token") || line.Contains("--token-file") ? [] : ["--token", Bench.Token];
        var code = await Edgectl.RunAsync([.. line, .. edge, .. token], new InvocationConfiguration { Output = output, Error = error });
        return (code, output.ToString(), error.ToString());
    }
}

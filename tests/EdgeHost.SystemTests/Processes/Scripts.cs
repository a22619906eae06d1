using System.Text.RegularExpressions;

namespace EdgeHost.SystemTests.Processes;

/// <summary>The scripts under tests/ that run real servers of others. They talk on stderr and print <c>export NAME=value</c> lines.</summary>
internal static partial class Scripts
{
    /// <summary>The variables that a command of a script printed.</summary>
    public static async Task<IReadOnlyDictionary<string, string>> RunAsync(string script, IEnumerable<string> arguments, CancellationToken cancellationToken)
    {
        var finished = await ChildProcess.RunAsync(script, arguments, TimeSpan.FromMinutes(2), cancellationToken);
        Assert.True(finished.ExitCode == 0, $"{Path.GetFileName(script)} {string.Join(' ', arguments)}: {finished.All}");
        return Variable().Matches(finished.Output).ToDictionary(match => match.Groups[1].Value, match => match.Groups[2].Value);
    }

    [GeneratedRegex(@"\b([A-Z0-9_]+)=(\S*)", RegexOptions.CultureInvariant)]
    private static partial Regex Variable();
}

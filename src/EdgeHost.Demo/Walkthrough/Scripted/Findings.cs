using Spectre.Console;

namespace EdgeHost.Demo.Walkthrough.Scripted;

/// <summary>What was looked at, and what was not as it should be.</summary>
internal sealed class Findings(IAnsiConsole console)
{
    private const int ShownOfEachCheck = 8;

    public bool AllWell { get; private set; } = true;

    public void Report(string check, int looked, IReadOnlyList<string> wrong)
    {
        if (wrong.Count == 0)
        {
            console.MarkupLineInterpolated($"[green]ok[/]    {check} ({looked} looked at)");
            return;
        }

        AllWell = false;
        console.MarkupLineInterpolated($"[red]WRONG[/] {check} ({wrong.Count} of {looked})");
        foreach (var line in wrong.Take(ShownOfEachCheck))
        {
            console.MarkupLineInterpolated($"        {line}");
        }

        if (wrong.Count > ShownOfEachCheck)
        {
            console.MarkupLineInterpolated($"        … and {wrong.Count - ShownOfEachCheck} more");
        }
    }
}

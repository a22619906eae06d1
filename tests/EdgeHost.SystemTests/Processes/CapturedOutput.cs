namespace EdgeHost.SystemTests.Processes;

/// <summary>The lines that a process has written so far.</summary>
internal sealed class CapturedOutput
{
    // More than any scenario writes; an edge that logs without end must not take the test's memory.
    private const int MostLines = 100_000;

    private readonly List<string> lines = [];

    public IReadOnlyList<string> Lines
    {
        get
        {
            lock (lines)
            {
                return [.. lines];
            }
        }
    }

    public string Text => string.Join('\n', Lines);

    public async Task ReadAsync(StreamReader from)
    {
        while (await from.ReadLineAsync(CancellationToken.None) is { } line)
        {
            lock (lines)
            {
                if (lines.Count < MostLines)
                {
                    lines.Add(line);
                }
            }
        }
    }
}

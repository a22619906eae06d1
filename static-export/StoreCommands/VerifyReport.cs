namespace StaticExport.StoreCommands;

/// <summary>What a verification has found so far. Written to from several tasks at once.</summary>
internal sealed class VerifyReport(TextWriter output)
{
    private readonly Lock gate = new();
    private int examined;
    private int problems;

    public int Checked => examined;

    public int Problems => problems;

    /// <summary>An object is what it should be.</summary>
    public void Good() => Interlocked.Increment(ref examined);

    public void Say(string line)
    {
        lock (gate)
        {
            output.WriteLine(line);
        }
    }

    public void Bad(string what)
    {
        Interlocked.Increment(ref problems);
        Say($"BAD  {what}");
    }
}

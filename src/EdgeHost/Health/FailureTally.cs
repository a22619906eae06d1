namespace EdgeHost.Health;

/// <summary>What passed and failed since it was last cleared. Not safe for threads: its owner's lock guards it.</summary>
internal sealed class FailureTally
{
    // Enough to tell one path from many, and no more memory than that however many fail.
    private const int MostPaths = 128;

    private readonly HashSet<int> failedPaths = [];

    public int Failures { get; private set; }

    public int Passes { get; private set; }

    public int FailedPaths => failedPaths.Count;

    private double Share => Failures / Math.Max(1.0, Failures + Passes);

    public void Add(in HealthEvidence evidence)
    {
        if (evidence.Passed)
        {
            Passes++;
            return;
        }

        Failures++;
        if (failedPaths.Count < MostPaths)
        {
            failedPaths.Add(evidence.Path);
        }
    }

    public void Clear()
    {
        (Failures, Passes) = (0, 0);
        failedPaths.Clear();
    }

    /// <summary>Whether that is enough to turn to the snapshot.</summary>
    public bool Convicts(HealthRules rules) => Failures >= rules.Fall && failedPaths.Count >= rules.FallPaths && Share >= rules.FallShare;

    /// <summary>Whether that is enough to see that most of it is well.</summary>
    public bool Acquits(HealthRules rules) => Failures + Passes >= rules.Fall && Share < rules.FallShare;
}

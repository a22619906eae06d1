namespace EdgeHost.Health;

/// <summary>What passed and failed since it was last cleared. Not safe for threads: its owner's lock guards it.</summary>
internal sealed class FailureTally
{
    // Enough to tell one from many, and no more memory than that however many fail.
    private const int MostPaths = 128;
    private const int MostVisitors = 8;

    private readonly HashSet<int> failedPaths = [];
    private readonly HashSet<int> checkedPaths = [];
    private readonly HashSet<int> visitors = [];

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

        if (evidence.Visitor == HealthEvidence.Ourselves)
        {
            checkedPaths.Add(evidence.Path);
        }
        else if (visitors.Count < MostVisitors)
        {
            visitors.Add(evidence.Visitor);
        }
    }

    public void Clear()
    {
        (Failures, Passes) = (0, 0);
        failedPaths.Clear();
        checkedPaths.Clear();
        visitors.Clear();
    }

    /// <summary>Whether that is enough to turn to the snapshot.</summary>
    public bool Convicts(HealthRules rules) => Convicts(rules, rules.FallPaths);

    /// <summary>Whether it is when so many paths are enough.</summary>
    public bool Convicts(HealthRules rules, int paths) => Failures >= rules.Fall && failedPaths.Count >= paths && Share >= rules.FallShare && IsWitnessed(rules, paths);

    /// <summary>Whether that is enough to see that most of it is well.</summary>
    public bool Acquits(HealthRules rules) => Failures + Passes >= rules.Fall && Share < rules.FallShare;

    /// <summary>Whether something failed, and too few have met it.</summary>
    public bool LacksWitness(HealthRules rules) => Failures > 0 && !IsWitnessed(rules, rules.FallPaths);

    /// <summary>Whether enough visitors have met it, or the edge itself on so many paths.</summary>
    private bool IsWitnessed(HealthRules rules, int paths) => visitors.Count >= rules.FallVisitors || checkedPaths.Count >= paths;
}

namespace EdgeHost.Health;

/// <summary>What is weighed of a scope: pages and files apart, and its probes in a row. Its owner's lock guards it.</summary>
internal sealed class Suspicion(TimeProvider clock)
{
    private const int FewestRelapsedPaths = 2;

    private readonly FailureTally documents = new();
    private readonly FailureTally assets = new();
    private volatile bool isOpen;
    private long openedAt;

    /// <summary>Whether something has failed, so that all that is met is weighed. The one thing here that is read without the lock.</summary>
    public bool IsOpen => isOpen;

    /// <summary>How long ago that was.</summary>
    public TimeSpan Age => clock.GetElapsedTime(openedAt);

    public int Failures => documents.Failures + assets.Failures;

    public int FailedPaths => documents.FailedPaths + assets.FailedPaths;

    /// <summary>In a row. Kept when the rest is forgotten: probes may be further apart than that.</summary>
    public int FailedProbes { get; private set; }

    /// <summary>Counts what was met from the first failure on; before that nothing is kept.</summary>
    public void Weigh(in HealthEvidence evidence)
    {
        Add(evidence);
        if (!isOpen && !evidence.Passed)
        {
            isOpen = true;
            openedAt = clock.GetTimestamp();
        }

        if (!isOpen)
        {
            Forget();
        }
    }

    /// <returns>The tally that it went to.</returns>
    public FailureTally Add(in HealthEvidence evidence)
    {
        if (evidence.Kind == EvidenceKind.Probe)
        {
            FailedProbes = evidence.Passed ? 0 : FailedProbes + 1;
        }

        var tally = evidence.Kind == EvidenceKind.Asset ? assets : documents;
        tally.Add(evidence);
        return tally;
    }

    /// <summary>Whether that is enough to turn to the snapshot.</summary>
    public bool Convicts(HealthRules rules) => FailedProbes >= rules.Fall || Convicts(rules, rules.FallPaths);

    /// <summary>Whether what was asked for is, when so many paths are enough.</summary>
    public bool Convicts(HealthRules rules, int paths) => documents.Convicts(rules, paths) || assets.Convicts(rules, paths);

    /// <summary>Whether it ends a return: as before a turn, and of fewer paths, as what has just been ill needs less to be believed so.</summary>
    public bool IsRegression(HealthRules rules) => isOpen && Age >= rules.SuspectDwell && Convicts(rules, Math.Min(FewestRelapsedPaths, rules.FallPaths));

    /// <summary>Whether that is enough to see that most of it is well.</summary>
    public bool Acquits(HealthRules rules) =>
        FailedProbes == 0 && (documents.Failures == 0 || documents.Acquits(rules)) && (assets.Failures == 0 || assets.Acquits(rules));

    /// <summary>Whether something failed that the edge is to ask for itself.</summary>
    public bool LacksWitness(HealthRules rules) => documents.LacksWitness(rules) || assets.LacksWitness(rules);

    public void Forget()
    {
        documents.Clear();
        assets.Clear();
        isOpen = false;
    }

    public void ForgetProbes() => FailedProbes = 0;
}

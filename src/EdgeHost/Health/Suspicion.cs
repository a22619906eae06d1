namespace EdgeHost.Health;

/// <summary>What is weighed of a scope: pages and files apart, and its probes in a row. Its owner's lock guards it.</summary>
internal sealed class Suspicion
{
    private readonly FailureTally documents = new();
    private readonly FailureTally assets = new();

    public int Failures => documents.Failures + assets.Failures;

    public int FailedPaths => documents.FailedPaths + assets.FailedPaths;

    /// <summary>In a row. Kept when the rest is forgotten: probes may be further apart than that.</summary>
    public int FailedProbes { get; private set; }

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

    /// <summary>Whether that is enough to see that most of it is well.</summary>
    public bool Acquits(HealthRules rules) =>
        FailedProbes == 0 && (documents.Failures == 0 || documents.Acquits(rules)) && (assets.Failures == 0 || assets.Acquits(rules));

    /// <summary>Whether something failed that the edge is to ask for itself.</summary>
    public bool LacksWitness(HealthRules rules) => documents.LacksWitness(rules) || assets.LacksWitness(rules);

    public void Forget()
    {
        documents.Clear();
        assets.Clear();
    }

    public void ForgetProbes() => FailedProbes = 0;
}

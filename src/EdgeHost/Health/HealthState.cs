namespace EdgeHost.Health;

/// <summary>
/// Whether an origin, or one site on it, is to be asked. It is told what requests and probes met, and the time by <see cref="Tick"/>; what follows from it is
/// <see cref="HealthCourse"/>'s. Does no I/O, and nothing is called while its one lock is held.
/// </summary>
internal sealed class HealthState(HealthRules rules, TimeProvider clock)
{
    private readonly Lock gate = new();
    private readonly HealthCourse course = new(rules, clock);

    public HealthView Current => course.View;

    public ProbeTrust Trusted => course.Trusted;

    public HealthRules Rules { get => course.Rules; set => course.Rules = value; }

    /// <summary>Whether something is held against it that visitors have met, and the edge has not met often enough itself.</summary>
    public bool LacksWitness
    {
        get
        {
            lock (gate)
            {
                return course.LacksWitness;
            }
        }
    }

    /// <summary>Whether all that is wanting until it turns is time.</summary>
    public bool IsNearlyConvicted
    {
        get
        {
            lock (gate)
            {
                return course.IsNearlyConvicted;
            }
        }
    }

    /// <summary>Whether time alone changes nothing about it: it is live, and nothing is held against it.</summary>
    public bool IsAtRest => course.IsAtRest;

    /// <summary>What a failed probe is worth from now on.</summary>
    public void Trust(ProbeTrust worth)
    {
        if (worth == course.Trusted)
        {
            return;
        }

        lock (gate)
        {
            course.Trust(worth);
        }
    }

    /// <summary>A request or a probe has proved something. The turn that follows, if one does.</summary>
    public HealthTurn? Record(in HealthEvidence evidence)
    {
        if (evidence.Passed && evidence.Kind != EvidenceKind.Probe && IsAtRest)
        {
            // Nearly every request comes here: no lock while there is nothing to weigh.
            return null;
        }

        lock (gate)
        {
            return course.Record(evidence);
        }
    }

    /// <summary>Time has passed. The turn that follows, if one does.</summary>
    public HealthTurn? Tick()
    {
        if (IsAtRest)
        {
            return null;
        }

        lock (gate)
        {
            return course.Tick();
        }
    }

    /// <summary>Something that is no single request's to prove (most of an origin's sites fail, its content is lost) has turned it.</summary>
    public HealthTurn? Convict(OriginFailure cause)
    {
        lock (gate)
        {
            return course.Convict(cause);
        }
    }

    /// <summary>What it failed by was its origin's fault, which turns and returns for it: it has nothing to answer for itself.</summary>
    public void Absolve()
    {
        lock (gate)
        {
            course.Absolve();
        }
    }

    public HealthReport Report()
    {
        lock (gate)
        {
            return course.Report();
        }
    }
}

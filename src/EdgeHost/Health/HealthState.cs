namespace EdgeHost.Health;

/// <summary>
/// Whether an origin, or one site on it, is to be asked: <c>Live → Suspect → Snapshot → Recovering → Live</c>. It is told what requests and probes met, and
/// the time by <see cref="Tick"/>. Does no I/O; every transition is here, under one lock, and nothing is called while it is held.
/// </summary>
internal sealed class HealthState
{
    private readonly TimeProvider clock;
    private readonly Lock gate = new();
    private readonly Suspicion suspicion;
    private readonly ReturnCourse back;
    private volatile HealthRules rules;
    private volatile HealthView current;
    private volatile ProbeTrust trust;
    private long phaseAt;
    private long judgedAt = long.MinValue;

    public HealthState(HealthRules rules, TimeProvider clock)
    {
        this.rules = rules;
        this.clock = clock;
        suspicion = new Suspicion(clock);
        back = new ReturnCourse(clock);
        phaseAt = clock.GetTimestamp();
        current = HealthView.At(clock.GetUtcNow());
    }

    public HealthView Current => current;

    public ProbeTrust Trusted => trust;

    public HealthRules Rules { get => rules; set => rules = value; }

    /// <summary>Whether something is held against it that visitors have met, and the edge has not met often enough itself.</summary>
    public bool LacksWitness
    {
        get
        {
            lock (gate)
            {
                return current.Phase is HealthPhase.Suspect or HealthPhase.Recovering && suspicion.LacksWitness(rules);
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
                return current.Phase == HealthPhase.Suspect && suspicion.Convicts(rules);
            }
        }
    }

    /// <summary>Whether time alone changes nothing about it: it is live, and nothing is held against it.</summary>
    public bool IsAtRest => current.Phase == HealthPhase.Live && !suspicion.IsOpen;

    /// <summary>What a failed probe is worth from now on.</summary>
    public void Trust(ProbeTrust worth)
    {
        if (worth == trust)
        {
            return;
        }

        lock (gate)
        {
            trust = worth;
            if (worth == ProbeTrust.Wrong)
            {
                suspicion.ForgetProbes();
            }

            Show();
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
            var turn = Record_NeedsLock(evidence) ?? Tick_NeedsLock();
            // Where nothing is to be waited for, it is judged at once.
            return turn is { To: HealthPhase.Suspect } ? Tick_NeedsLock() ?? turn : turn;
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
            return Tick_NeedsLock();
        }
    }

    /// <summary>Something that is no single request's to prove (most of an origin's sites fail, its content is lost) has turned it.</summary>
    public HealthTurn? Convict(OriginFailure cause)
    {
        lock (gate)
        {
            HealthTurn? turn = current.Phase == HealthPhase.Snapshot ? null : ToSnapshot(cause);
            current = current with { ByVerdict = true, TurnedBy = cause };
            return turn;
        }
    }

    /// <summary>What it failed by was its origin's fault, which turns and returns for it: it has nothing to answer for itself.</summary>
    public void Absolve()
    {
        lock (gate)
        {
            suspicion.Forget();
            suspicion.ForgetProbes();
            back.ForgetPasses();
            judgedAt = clock.GetTimestamp();
            if (current.Phase != HealthPhase.Live)
            {
                Turn(HealthPhase.Live);
            }
        }
    }

    public HealthReport Report()
    {
        lock (gate)
        {
            return HealthReport.Of(current, suspicion, back, rules, clock.GetElapsedTime(phaseAt));
        }
    }

    private HealthTurn? Record_NeedsLock(in HealthEvidence evidence)
    {
        var phase = current.Phase;
        if (evidence.StartedAt < judgedAt || (phase is HealthPhase.Snapshot or HealthPhase.Recovering && evidence.StartedAt < phaseAt))
        {
            // Sent before the turn and answered late. It neither brings back nor holds down what has been judged since.
            return null;
        }

        if (!evidence.Passed && current.LastFailure != evidence.Failure)
        {
            current = current with { LastFailure = evidence.Failure };
        }

        switch (phase)
        {
            case HealthPhase.Snapshot:
                Watch(evidence);
                return null;
            case HealthPhase.Recovering:
                return Doubt(evidence) ? ToSnapshot(evidence.Failure) : null;
            default:
                suspicion.Weigh(evidence);
                return null;
        }
    }

    private HealthTurn? Tick_NeedsLock()
    {
        var here = clock.GetElapsedTime(phaseAt);
        switch (current.Phase)
        {
            case HealthPhase.Live when suspicion.IsOpen && (!back.HasReturned || here >= rules.LiveDwell):
                return Turn(HealthPhase.Suspect);
            case HealthPhase.Suspect when here >= rules.SuspectDwell && suspicion.Convicts(rules):
                return ToSnapshot(current.LastFailure);
            case HealthPhase.Suspect when here >= rules.SuspectWindow || (here >= rules.SuspectDwell && suspicion.Acquits(rules)):
                suspicion.Forget();
                return Turn(HealthPhase.Live);
            case HealthPhase.Snapshot when back.MayBegin(rules, here):
                back.Begin();
                suspicion.Forget();
                return Turn(HealthPhase.Recovering);
            case HealthPhase.Recovering when suspicion.IsRegression(rules):
                return ToSnapshot(current.LastFailure);
            case HealthPhase.Recovering when back.IsStepOver(rules):
                return NextStep();
            case HealthPhase.Recovering when suspicion.IsOpen && suspicion.Age >= rules.SuspectWindow:
                suspicion.Forget();
                return null;
            default:
                return null;
        }
    }

    private void Watch(in HealthEvidence evidence)
    {
        if (evidence.Kind == EvidenceKind.Probe)
        {
            back.Probed(evidence.Passed);
        }
        else if (evidence.Passed)
        {
            if (trust == ProbeTrust.Wrong)
            {
                back.StoodIn(rules);
            }

            suspicion.Add(evidence);
        }
        else if (suspicion.Add(evidence).Convicts(rules))
        {
            // Several pages: one that fails always must not hold down what passes its probes.
            back.ForgetPasses();
            suspicion.Forget();
        }

        Show();
    }

    // Whether that alone ends the return. What requests meet is weighed: pages that have broken meanwhile must not keep their site from returning for ever.
    private bool Doubt(in HealthEvidence evidence)
    {
        if (evidence.Kind != EvidenceKind.Probe)
        {
            suspicion.Weigh(evidence);
            return evidence.Failure.IsConnectionLevel();
        }

        // Passed ones don't speak for the pages: all of those may fail while a health page answers.
        return !evidence.Passed;
    }

    private HealthTurn? NextStep()
    {
        suspicion.Forget();
        if (back.Next(rules))
        {
            Show();
            return null;
        }

        return Turn(HealthPhase.Live);
    }

    private HealthTurn ToSnapshot(OriginFailure cause)
    {
        var isRelapse = current.Phase == HealthPhase.Recovering;
        back.Away(rules, isRelapse);
        suspicion.ForgetProbes();
        suspicion.Forget();
        // Pages that were lost must be there again, whatever else is met on the way back.
        current = current with { TurnedBy = isRelapse && current.ByVerdict ? current.TurnedBy : cause, LastFailure = cause };
        return Turn(HealthPhase.Snapshot) with { Cause = cause };
    }

    private HealthTurn Turn(HealthPhase to)
    {
        var turn = new HealthTurn(current.Phase, to, current.LastFailure);
        phaseAt = clock.GetTimestamp();
        current = current with { Phase = to, Since = clock.GetUtcNow(), ByVerdict = current.ByVerdict && to != HealthPhase.Live };
        Show();
        return turn;
    }

    private void Show() => current = current.Along(back, trust, rules);
}

namespace EdgeHost.Health;

/// <summary>
/// The transitions of a scope's health, all of them: <c>Live → Suspect → Snapshot → Recovering → Live</c>. What is met and the time are told to it, and it says which turn follows.
/// Its owner's lock guards it; <see cref="View"/> and <see cref="IsAtRest"/> are read without.
/// </summary>
internal sealed class HealthCourse
{
    private readonly TimeProvider clock;
    private readonly Suspicion suspicion;
    private readonly ReturnCourse back;
    private volatile HealthRules rules;
    private volatile HealthView view;
    private volatile ProbeTrust trust;
    private long phaseAt;
    private long judgedAt = long.MinValue;

    public HealthCourse(HealthRules rules, TimeProvider clock)
    {
        this.rules = rules;
        this.clock = clock;
        suspicion = new Suspicion(clock);
        back = new ReturnCourse(clock);
        phaseAt = clock.GetTimestamp();
        view = HealthView.At(clock.GetUtcNow());
    }

    public HealthView View => view;

    public ProbeTrust Trusted => trust;

    public HealthRules Rules { get => rules; set => rules = value; }

    public bool IsAtRest => view.Phase == HealthPhase.Live && !suspicion.IsOpen;

    public bool LacksWitness => view.Phase is HealthPhase.Suspect or HealthPhase.Recovering && suspicion.LacksWitness(rules);

    public bool IsNearlyConvicted => view.Phase == HealthPhase.Suspect && suspicion.Convicts(rules);

    public void Trust(ProbeTrust worth)
    {
        trust = worth;
        if (worth == ProbeTrust.Wrong)
        {
            suspicion.ForgetProbes();
        }

        Show();
    }

    /// <summary>A request or a probe has proved something.</summary>
    public HealthTurn? Record(in HealthEvidence evidence)
    {
        var turn = Take(evidence) ?? Tick();
        // Where nothing is to be waited for, it is judged at once.
        return turn is { To: HealthPhase.Suspect } ? Tick() ?? turn : turn;
    }

    /// <summary>Time has passed.</summary>
    public HealthTurn? Tick()
    {
        var here = clock.GetElapsedTime(phaseAt);
        switch (view.Phase)
        {
            case HealthPhase.Live when suspicion.IsOpen && (!back.HasReturned || here >= rules.LiveDwell):
                return Turn(HealthPhase.Suspect);
            case HealthPhase.Suspect when here >= rules.SuspectDwell && suspicion.Convicts(rules):
                return ToSnapshot(view.LastFailure);
            case HealthPhase.Suspect when here >= rules.SuspectWindow || (here >= rules.SuspectDwell && suspicion.Acquits(rules)):
                suspicion.Forget();
                return Turn(HealthPhase.Live);
            case HealthPhase.Snapshot when back.MayBegin(rules, here):
                back.Begin();
                suspicion.Forget();
                return Turn(HealthPhase.Recovering);
            case HealthPhase.Recovering when suspicion.IsRegression(rules):
                return ToSnapshot(view.LastFailure);
            case HealthPhase.Recovering when back.IsStepOver(rules):
                return NextStep();
            case HealthPhase.Recovering when suspicion.IsOpen && suspicion.Age >= rules.SuspectWindow:
                suspicion.Forget();
                return null;
            default:
                return null;
        }
    }

    public HealthTurn? Convict(OriginFailure cause)
    {
        HealthTurn? turn = view.Phase == HealthPhase.Snapshot ? null : ToSnapshot(cause);
        view = view with { ByVerdict = true, TurnedBy = cause };
        return turn;
    }

    public void Absolve()
    {
        suspicion.Forget();
        suspicion.ForgetProbes();
        back.ForgetPasses();
        judgedAt = clock.GetTimestamp();
        if (view.Phase != HealthPhase.Live)
        {
            Turn(HealthPhase.Live);
        }
    }

    public HealthReport Report() => HealthReport.Of(view, suspicion, back, rules, clock.GetElapsedTime(phaseAt));

    private HealthTurn? Take(in HealthEvidence evidence)
    {
        var phase = view.Phase;
        if (evidence.StartedAt < judgedAt || (phase is HealthPhase.Snapshot or HealthPhase.Recovering && evidence.StartedAt < phaseAt))
        {
            // Sent before the turn and answered late. It neither brings back nor holds down what has been judged since.
            return null;
        }

        if (!evidence.Passed && view.LastFailure != evidence.Failure)
        {
            view = view with { LastFailure = evidence.Failure };
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
        var isRelapse = view.Phase == HealthPhase.Recovering;
        back.Away(rules, isRelapse);
        suspicion.ForgetProbes();
        suspicion.Forget();
        // Pages that were lost must be there again, whatever else is met on the way back.
        view = view with { TurnedBy = isRelapse && view.ByVerdict ? view.TurnedBy : cause, LastFailure = cause };
        return Turn(HealthPhase.Snapshot) with { Cause = cause };
    }

    private HealthTurn Turn(HealthPhase to)
    {
        var turn = new HealthTurn(view.Phase, to, view.LastFailure);
        phaseAt = clock.GetTimestamp();
        view = view with { Phase = to, Since = clock.GetUtcNow(), ByVerdict = view.ByVerdict && to != HealthPhase.Live };
        Show();
        return turn;
    }

    private void Show() => view = view.Along(back, trust, rules);
}

namespace EdgeHost.Health;

/// <summary>
/// Whether an origin, or one site on it, is to be asked: <c>Live → Suspect → Snapshot → Recovering → Live</c>. It is told what requests and probes met, and
/// the time by <see cref="Tick"/>. Does no I/O; every transition is here, under one lock, and nothing is called while it is held.
/// </summary>
internal sealed class HealthState
{
    private readonly TimeProvider clock;
    private readonly Lock gate = new();
    private readonly FailureTally documents = new();
    private readonly FailureTally assets = new();
    private readonly FlapBackoff backoff;
    private volatile HealthRules rules;
    private volatile HealthView current;
    private volatile bool weighs;
    private volatile ProbeTrust trust;
    private int failedProbes;
    private int passes;
    private int step;
    private long phaseAt;
    private long judgedAt = long.MinValue;
    private long stepAt;
    private long passAt;
    private TimeSpan stay;

    public HealthState(HealthRules rules, TimeProvider clock)
    {
        this.rules = rules;
        this.clock = clock;
        backoff = new FlapBackoff(clock);
        phaseAt = clock.GetTimestamp();
        current = new HealthView(HealthPhase.Live, clock.GetUtcNow(), OriginFailure.None, 100, MayTrickle: false, ByVerdict: false);
    }

    public HealthView Current => current;

    public ProbeTrust Trusted => trust;

    public HealthRules Rules { get => rules; set => rules = value; }

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
            failedProbes = worth == ProbeTrust.Wrong ? 0 : failedProbes;
            Show();
        }
    }

    /// <summary>A request or a probe has proved something. The turn that follows, if one does.</summary>
    public HealthTurn? Record(in HealthEvidence evidence)
    {
        if (evidence.Passed && evidence.Kind != EvidenceKind.Probe && !weighs && current.Phase == HealthPhase.Live)
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
        if (current.Phase == HealthPhase.Live && !weighs)
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
            current = current with { ByVerdict = true };
            return current.Phase == HealthPhase.Snapshot ? null : ToSnapshot(cause);
        }
    }

    /// <summary>What it failed by was its origin's fault, which turns and returns for it: it has nothing to answer for itself.</summary>
    public void Absolve()
    {
        lock (gate)
        {
            Forget();
            (failedProbes, passes) = (0, 0);
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
            var here = clock.GetElapsedTime(phaseAt);
            var rest = current.Phase switch
            {
                HealthPhase.Snapshot => stay - here,
                HealthPhase.Recovering => rules.RampDwell - clock.GetElapsedTime(stepAt) + (rules.RampDwell * (rules.Ramp.Length - 1 - step)),
                _ => TimeSpan.Zero,
            };
            return new HealthReport
            {
                View = current,
                Failures = documents.Failures + assets.Failures,
                FailedPaths = documents.FailedPaths + assets.FailedPaths,
                FailedProbes = failedProbes,
                Passes = passes,
                PassesNeeded = rules.Rise,
                Flaps = backoff.Flaps,
                Remaining = rest > TimeSpan.Zero ? rest : TimeSpan.Zero,
            };
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

        if (!evidence.Passed && current.Cause != evidence.Failure)
        {
            current = current with { Cause = evidence.Failure };
        }

        switch (phase)
        {
            case HealthPhase.Snapshot:
                Watch(evidence);
                return null;
            case HealthPhase.Recovering:
                return evidence.Passed || !IsRegression(evidence) ? null : ToSnapshot(evidence.Failure);
            default:
                Weigh(evidence);
                return null;
        }
    }

    private HealthTurn? Tick_NeedsLock()
    {
        var here = clock.GetElapsedTime(phaseAt);
        switch (current.Phase)
        {
            case HealthPhase.Live when weighs && (!backoff.HasReturned || here >= rules.LiveDwell):
                return Turn(HealthPhase.Suspect);
            case HealthPhase.Suspect when here >= rules.SuspectDwell && IsConvicted():
                return ToSnapshot(current.Cause);
            case HealthPhase.Suspect when here >= rules.SuspectWindow || (here >= rules.SuspectDwell && IsAcquitted()):
                Forget();
                return Turn(HealthPhase.Live);
            case HealthPhase.Snapshot when passes >= rules.Rise && here >= stay:
                step = 0;
                stepAt = clock.GetTimestamp();
                Forget();
                return Turn(HealthPhase.Recovering);
            case HealthPhase.Recovering when clock.GetElapsedTime(stepAt) >= rules.RampDwell:
                return NextStep();
            default:
                return null;
        }
    }

    private void Weigh(in HealthEvidence evidence)
    {
        if (evidence.Kind == EvidenceKind.Probe)
        {
            failedProbes = evidence.Passed ? 0 : failedProbes + 1;
        }

        (evidence.Kind == EvidenceKind.Asset ? assets : documents).Add(evidence);
        weighs |= !evidence.Passed;
        if (!weighs)
        {
            Forget();
        }
    }

    private void Watch(in HealthEvidence evidence)
    {
        if (evidence.Kind == EvidenceKind.Probe)
        {
            passes = evidence.Passed ? passes + 1 : 0;
        }
        else if (evidence.Passed)
        {
            // Probes are spaced by their interval; the requests that stand in for them are not.
            if (trust == ProbeTrust.Wrong && clock.GetElapsedTime(passAt) >= rules.TrickleInterval)
            {
                passes++;
                passAt = clock.GetTimestamp();
            }

            documents.Add(evidence);
        }
        else
        {
            // A page that fails always must not hold down what passes its probes; several pages may.
            documents.Add(evidence);
            if (documents.Convicts(rules))
            {
                passes = 0;
                documents.Clear();
            }
        }

        Show();
    }

    // The first one: but a page that has been broken meanwhile must not keep its site from returning for ever.
    private bool IsRegression(in HealthEvidence evidence)
    {
        var tally = evidence.Kind == EvidenceKind.Asset ? assets : documents;
        tally.Add(evidence);
        return evidence.Kind == EvidenceKind.Probe || evidence.Failure.IsConnectionLevel() || tally.FailedPaths >= Math.Min(2, rules.FallPaths);
    }

    private bool IsConvicted() => failedProbes >= rules.Fall || documents.Convicts(rules) || assets.Convicts(rules);

    private bool IsAcquitted() =>
        failedProbes == 0 && (documents.Failures == 0 || documents.Acquits(rules)) && (assets.Failures == 0 || assets.Acquits(rules));

    private HealthTurn? NextStep()
    {
        Forget();
        if (++step < rules.Ramp.Length)
        {
            stepAt = clock.GetTimestamp();
            Show();
            return null;
        }

        backoff.Returned();
        return Turn(HealthPhase.Live);
    }

    private HealthTurn ToSnapshot(OriginFailure cause)
    {
        stay = backoff.Turned(rules, onTheWayBack: current.Phase == HealthPhase.Recovering);
        passes = 0;
        failedProbes = 0;
        Forget();
        current = current with { Cause = cause };
        return Turn(HealthPhase.Snapshot);
    }

    private HealthTurn Turn(HealthPhase to)
    {
        var turn = new HealthTurn(current.Phase, to, current.Cause);
        phaseAt = clock.GetTimestamp();
        current = current with { Phase = to, Since = clock.GetUtcNow(), ByVerdict = current.ByVerdict && to != HealthPhase.Live };
        Show();
        return turn;
    }

    private void Show()
    {
        var percent = current.Phase switch
        {
            HealthPhase.Snapshot => 0,
            HealthPhase.Recovering => rules.Ramp[Math.Min(step, rules.Ramp.Length - 1)],
            _ => 100,
        };
        var mayTrickle = current.Phase == HealthPhase.Snapshot && (passes > 0 || trust != ProbeTrust.Trusted);
        if (percent != current.LivePercent || mayTrickle != current.MayTrickle)
        {
            current = current with { LivePercent = percent, MayTrickle = mayTrickle };
        }
    }

    private void Forget()
    {
        documents.Clear();
        assets.Clear();
        weighs = false;
    }
}

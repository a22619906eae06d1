namespace EdgeHost.Health;

/// <summary>
/// Whether an origin, or one site on it, is to be asked: up until so many failures in a row, down until so many passed probes in a row.
/// Does no I/O; every transition is here, under one lock, and nothing is called while it is held.
/// </summary>
internal sealed class HealthState(HealthThresholds thresholds, TimeProvider clock)
{
    private readonly Lock gate = new();
    private volatile HealthThresholds thresholds = thresholds;
    private volatile bool isDown;
    private volatile OriginFailure lastFailure;
    private int failures;
    private int passes;
    private DateTimeOffset since = clock.GetUtcNow();

    public bool IsDown => isDown;

    /// <summary>What put it down, or was last wrong.</summary>
    public OriginFailure LastFailure => lastFailure;

    public HealthThresholds Thresholds { get => thresholds; set => thresholds = value; }

    /// <summary>A request was answered by the origin.</summary>
    public void RequestPassed()
    {
        // Nearly every request comes here: no lock while there is nothing to forget.
        if (isDown || Volatile.Read(ref failures) == 0)
        {
            // A late answer to a request from before is no sign of recovery: only probes are.
            return;
        }

        lock (gate)
        {
            failures = 0;
        }
    }

    /// <summary>A request or a probe met a failure of the origin. True when it is down from now on.</summary>
    public bool Failed(OriginFailure failure, bool isProbe)
    {
        lock (gate)
        {
            lastFailure = failure;
            if (isDown)
            {
                // A request that fails now is late, or asked for a page that fails always. Those must not hold down what passes its probes.
                passes = isProbe ? 0 : passes;
                return false;
            }

            if (++failures < thresholds.Fall)
            {
                return false;
            }

            Turn(down: true);
            return true;
        }
    }

    /// <summary>A probe was answered as it should be. True when it is up from now on.</summary>
    public bool ProbePassed()
    {
        lock (gate)
        {
            failures = 0;
            if (!isDown || ++passes < thresholds.Rise)
            {
                return false;
            }

            Turn(down: false);
            return true;
        }
    }

    public HealthReport Report()
    {
        lock (gate)
        {
            return new HealthReport(isDown, since, lastFailure);
        }
    }

    private void Turn(bool down)
    {
        isDown = down;
        since = clock.GetUtcNow();
        failures = 0;
        passes = 0;
    }
}

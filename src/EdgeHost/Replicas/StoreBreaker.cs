namespace EdgeHost.Replicas;

/// <summary>
/// Keeps a store that fails from costing each request its time. Closed: everybody may ask. Open: nobody, until <see cref="OpenFor"/> has passed.
/// Half-open: one may ask, and what that one meets decides. No I/O; all turns are under one lock, and whoever reports is told of the turn and says it.
/// </summary>
internal sealed class StoreBreaker(TimeProvider clock)
{
    /// <summary>How long nobody asks after a failure that opened it.</summary>
    public static readonly TimeSpan OpenFor = TimeSpan.FromSeconds(5);

    // One after the other, without a success between them: one damaged disk behind a store fails some blobs and not all.
    private const int FailuresToOpen = 5;

    // Five in a week are no outage.
    private static readonly TimeSpan FailuresCountFor = TimeSpan.FromSeconds(30);

    private readonly Lock turning = new();
    private BreakerPhase phase;
    private int failures;
    private long lastFailureAt;
    private long openedAt;
    private int turn;
    private bool probing;

    /// <summary>Whether the store is asked now.</summary>
    public BreakerPhase Phase
    {
        get
        {
            lock (turning)
            {
                return phase;
            }
        }
    }

    /// <summary>Whether it is worth while to try: <see cref="TryEnter"/> decides.</summary>
    public bool MayEnter
    {
        get
        {
            lock (turning)
            {
                return IsFree();
            }
        }
    }

    /// <summary>Whether the store may be asked; then the answer must be reported, whatever it is.</summary>
    public bool TryEnter(out BreakerTicket ticket)
    {
        lock (turning)
        {
            ticket = default;
            if (!IsFree())
            {
                return false;
            }

            if (phase == BreakerPhase.Open)
            {
                Turn(BreakerPhase.HalfOpen);
            }

            probing = phase == BreakerPhase.HalfOpen;
            ticket = new BreakerTicket(turn);
            return true;
        }
    }

    /// <returns>What turned by it.</returns>
    public BreakerTurn Report(BreakerTicket ticket, BreakerResult result)
    {
        lock (turning)
        {
            // What was asked before the last turn comes late, and tells of a store that was: the one probe alone says how it is now.
            return ticket.Turn != turn ? BreakerTurn.None : result switch
            {
                BreakerResult.Answered => Succeed(),
                BreakerResult.Failed => Fail(),
                _ => Abandon(),
            };
        }
    }

    private bool IsFree() => phase switch
    {
        BreakerPhase.Open => clock.GetElapsedTime(openedAt) >= OpenFor,
        BreakerPhase.HalfOpen => !probing,
        _ => true,
    };

    private BreakerTurn Succeed()
    {
        failures = 0;
        if (phase == BreakerPhase.Closed)
        {
            return BreakerTurn.None;
        }

        Turn(BreakerPhase.Closed);
        return BreakerTurn.Closed;
    }

    private BreakerTurn Fail()
    {
        var wasHalfOpen = phase == BreakerPhase.HalfOpen;
        failures = failures > 0 && clock.GetElapsedTime(lastFailureAt) < FailuresCountFor ? failures + 1 : 1;
        lastFailureAt = clock.GetTimestamp();
        if (!wasHalfOpen && failures < FailuresToOpen)
        {
            return BreakerTurn.None;
        }

        openedAt = lastFailureAt;
        Turn(BreakerPhase.Open);
        // A probe that fails is no news.
        return wasHalfOpen ? BreakerTurn.None : BreakerTurn.Opened;
    }

    // Nobody knows how it would have ended: the next may try.
    private BreakerTurn Abandon()
    {
        probing = false;
        return BreakerTurn.None;
    }

    private void Turn(BreakerPhase to)
    {
        phase = to;
        probing = false;
        turn++;
    }
}

/// <summary>Whether the store is asked.</summary>
internal enum BreakerPhase
{
    Closed,
    Open,
    HalfOpen,
}

/// <summary>What became of a question to the store.</summary>
internal enum BreakerResult
{
    /// <summary>It answered, be it that it has no such blob.</summary>
    Answered,

    /// <summary>It did not, or took too long.</summary>
    Failed,

    /// <summary>Whoever asked has given up.</summary>
    Abandoned,
}

/// <summary>What a report has turned.</summary>
internal enum BreakerTurn
{
    None,
    Opened,
    Closed,
}

/// <summary>The right to ask once.</summary>
/// <param name="Turn">Which turn of the breaker gave it.</param>
internal readonly record struct BreakerTicket(int Turn);

using EdgeHost.SnapshotStore.Sites;

namespace EdgeHost.Following;

/// <summary>
/// So many blobs at once for all sites together. What an activation waits for goes before what is only brought in, which gets half of the places; and of the sites that wait the one
/// with the fewest blobs under way is next, so that a site with ten gigabytes of films holds up nobody's change.
/// </summary>
internal sealed class WarmGate(int places)
{
    private readonly Lock changing = new();
    private readonly Lane first = new();
    private readonly Lane then = new();

    /// <summary>Waits for a place, which is given back by disposing what is answered.</summary>
    /// <param name="site">For which site.</param>
    /// <param name="isFirst">Whether an activation waits for it.</param>
    /// <param name="cancellationToken">Gives the place in the queue up.</param>
    public async Task<IDisposable> EnterAsync(SiteId site, bool isFirst, CancellationToken cancellationToken)
    {
        var lane = isFirst ? first : then;
        var waiter = new Waiter(site, lane);
        lock (changing)
        {
            lane.Waiting.AddLast(waiter);
            Admit();
        }

        await using var cancelled = cancellationToken.UnsafeRegister(_ => waiter.Place.TrySetCanceled(cancellationToken), null);
        try
        {
            await waiter.Place.Task;
        }
        catch (OperationCanceledException)
        {
            lock (changing)
            {
                lane.Waiting.Remove(waiter);
                Admit();
            }

            throw;
        }

        return new Leave(this, waiter);
    }

    private void Admit()
    {
        while (first.Running < places && TryAdmit(first))
        {
        }

        // A lane of its own, and so at least one place: a large film must not keep the door shut, nor be kept out for ever.
        while (first.Waiting.Count == 0 && then.Running < Math.Max(1, places / 2) && TryAdmit(then))
        {
        }
    }

    private static bool TryAdmit(Lane lane)
    {
        while (lane.Waiting.MinBy(waiter => lane.RunningOf(waiter.Site)) is { } next)
        {
            lane.Waiting.Remove(next);
            if (next.Place.TrySetResult())
            {
                lane.Begin(next.Site);
                return true;
            }
        }

        return false;
    }

    private void End(Waiter waiter)
    {
        lock (changing)
        {
            waiter.Lane.End(waiter.Site);
            Admit();
        }
    }

    private sealed class Waiter(SiteId site, Lane lane)
    {
        public SiteId Site => site;

        public Lane Lane => lane;

        public TaskCompletionSource Place { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    private sealed class Lane
    {
        private readonly Dictionary<SiteId, int> running = [];

        public LinkedList<Waiter> Waiting { get; } = [];

        public int Running { get; private set; }

        public int RunningOf(SiteId site) => running.GetValueOrDefault(site);

        public void Begin(SiteId site)
        {
            Running++;
            running[site] = RunningOf(site) + 1;
        }

        public void End(SiteId site)
        {
            Running--;
            if (--running[site] == 0)
            {
                running.Remove(site);
            }
        }
    }

    private sealed class Leave(WarmGate gate, Waiter waiter) : IDisposable
    {
        private int left;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref left, 1) == 0)
            {
                gate.End(waiter);
            }
        }
    }
}

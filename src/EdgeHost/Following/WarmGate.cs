using EdgeHost.SnapshotStore.Sites;

namespace EdgeHost.Following;

/// <summary>
/// So many blobs at once for all sites together. What an activation waits for goes before what is only brought in, which gets half of the places; and of the sites that wait the one
/// with the fewest blobs under way is next, so that a site with ten gigabytes of films holds up nobody's change.
/// </summary>
internal sealed class WarmGate(int places)
{
    private readonly Lock changing = new();
    private readonly WarmLane first = new();
    private readonly WarmLane then = new();

    /// <summary>Waits for a place, which is given back by disposing what is answered.</summary>
    /// <param name="site">For which site.</param>
    /// <param name="isFirst">Whether an activation waits for it.</param>
    /// <param name="cancellationToken">Gives the place in the queue up.</param>
    public async Task<IDisposable> EnterAsync(SiteId site, bool isFirst, CancellationToken cancellationToken)
    {
        var lane = isFirst ? first : then;
        LinkedListNode<TaskCompletionSource> waiting;
        lock (changing)
        {
            waiting = lane.Add(site);
            Admit();
        }

        var place = waiting.Value;
        await using var cancelled = cancellationToken.UnsafeRegister(_ => place.TrySetCanceled(cancellationToken), null);
        try
        {
            await place.Task;
        }
        catch (OperationCanceledException)
        {
            lock (changing)
            {
                lane.Remove(site, waiting);
                Admit();
            }

            throw;
        }

        return new Leave(this, lane, site);
    }

    private void Admit()
    {
        while (first.Running < places && first.TryAdmit())
        {
        }

        // A lane of its own, and so at least one place: a large film must not keep the door shut, nor be kept out for ever.
        while (!first.HasWaiting && then.Running < Math.Max(1, places / 2) && then.TryAdmit())
        {
        }
    }

    private void End(WarmLane lane, SiteId site)
    {
        lock (changing)
        {
            lane.End(site);
            Admit();
        }
    }

    private sealed class Leave(WarmGate gate, WarmLane lane, SiteId site) : IDisposable
    {
        private int left;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref left, 1) == 0)
            {
                gate.End(lane, site);
            }
        }
    }
}

using EdgeHost.SnapshotStore.Sites;

namespace EdgeHost.Following;

/// <summary>Who waits for a place, by site, and who has one. Thousands of sites with dozens of blobs each may wait: nothing here looks at all of them. Its owner's lock guards it.</summary>
internal sealed class WarmLane
{
    private readonly Dictionary<SiteId, SiteQueue> queues = [];
    private readonly SortedSet<SiteQueue> waiting = new(Comparer<SiteQueue>.Create((one, other) => (one.Running, one.Turn).CompareTo((other.Running, other.Turn))));
    private long turns;

    /// <summary>How many have a place.</summary>
    public int Running { get; private set; }

    public bool HasWaiting => waiting.Count > 0;

    /// <summary>One more waits: what it waits for is what is answered.</summary>
    public LinkedListNode<TaskCompletionSource> Add(SiteId site)
    {
        if (!queues.TryGetValue(site, out var queue))
        {
            queues.Add(site, queue = new SiteQueue(site) { Turn = ++turns });
        }

        var node = queue.Waiters.AddLast(new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        PutBack(queue);
        return node;
    }

    /// <summary>One does not wait any more.</summary>
    public void Remove(SiteId site, LinkedListNode<TaskCompletionSource> node)
    {
        // Not where its turn came just after it was given up.
        if (node.List is not null)
        {
            var queue = Take(site);
            queue.Waiters.Remove(node);
            PutBack(queue);
        }
    }

    /// <summary>The next one of the site with the fewest under way; where several have as few, of the one whose turn is longest ago. False where nobody waits.</summary>
    public bool TryAdmit()
    {
        while (waiting.Min is { } queue)
        {
            waiting.Remove(queue);
            var next = queue.Waiters.First!;
            queue.Waiters.Remove(next);
            var isAdmitted = next.Value.TrySetResult();
            if (isAdmitted)
            {
                Running++;
                queue.Running++;
                queue.Turn = ++turns;
            }

            PutBack(queue);
            if (isAdmitted)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>One that had a place gives it back.</summary>
    public void End(SiteId site)
    {
        var queue = Take(site);
        Running--;
        queue.Running--;
        PutBack(queue);
    }

    // Out of the order, which is by what is then changed.
    private SiteQueue Take(SiteId site)
    {
        var queue = queues[site];
        waiting.Remove(queue);
        return queue;
    }

    private void PutBack(SiteQueue queue)
    {
        if (queue.Waiters.Count > 0)
        {
            waiting.Add(queue);
        }
        else if (queue.Running == 0)
        {
            queues.Remove(queue.Site);
        }
    }

    private sealed class SiteQueue(SiteId site)
    {
        public SiteId Site => site;

        public LinkedList<TaskCompletionSource> Waiters { get; } = [];

        public int Running { get; set; }

        public long Turn { get; set; }
    }
}

namespace EdgeHost.Origins;

/// <summary>
/// So many requests that an origin gets in any one second while it returns, however many visitors there are. A fifth is kept for what no snapshot can answer, so that
/// forms and pages behind a login go first; and a tenth for the others, so that the origin meets a share of them before it meets them all. One network gets half at
/// most: one visitor's script must not take the share of all.
/// </summary>
internal sealed class ReturnBudget(TimeProvider clock)
{
    // The current tenth of a second, and the ten before it: at least a whole second.
    private const int Slots = 11;
    private const int PerSecond = 10;

    private readonly Lock gate = new();
    private readonly int[] covered = new int[Slots];
    private readonly int[] others = new int[Slots];
    // Whose those were. Bounded by what is given in a window.
    private readonly List<int>[] visitors = [.. Enumerable.Range(0, Slots).Select(_ => new List<int>())];
    private readonly Dictionary<int, int> ofVisitors = [];
    private readonly long beganAt = clock.GetTimestamp();
    private long at;

    /// <summary>Takes one, if there is one.</summary>
    /// <param name="perSecond">The most in a second.</param>
    /// <param name="isCovered">Whether a snapshot can answer instead.</param>
    /// <param name="visitor">Who wants it, as <see cref="Clients.VisitorNetwork"/> tells them apart.</param>
    public bool TryTake(int perSecond, bool isCovered, int visitor)
    {
        lock (gate)
        {
            MoveOn();
            var slot = (int)(at % Slots);
            var (ofCovered, ofOthers) = (covered.Sum(), others.Sum());
            var own = ofVisitors.GetValueOrDefault(visitor);
            var kept = isCovered ? perSecond / 5 : perSecond / 10;
            // A quarter at once: a page comes with its files, and not all pages in one instant.
            if (ofCovered + ofOthers >= perSecond
                || (isCovered ? ofCovered : ofOthers) >= perSecond - kept
                || covered[slot] + others[slot] >= Math.Max(1, perSecond / 4)
                || own >= (perSecond + 1) / 2)
            {
                return false;
            }

            (isCovered ? covered : others)[slot]++;
            visitors[slot].Add(visitor);
            ofVisitors[visitor] = own + 1;
            return true;
        }
    }

    private void MoveOn()
    {
        var now = (long)(clock.GetElapsedTime(beganAt).TotalSeconds * PerSecond);
        for (var next = Math.Max(at + 1, now - Slots + 1); next <= now; next++)
        {
            Clear((int)(next % Slots));
        }

        at = Math.Max(at, now);
    }

    private void Clear(int slot)
    {
        covered[slot] = others[slot] = 0;
        foreach (var visitor in visitors[slot])
        {
            if (--ofVisitors[visitor] == 0)
            {
                ofVisitors.Remove(visitor);
            }
        }

        visitors[slot].Clear();
    }
}

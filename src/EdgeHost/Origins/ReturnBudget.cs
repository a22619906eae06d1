namespace EdgeHost.Origins;

/// <summary>
/// So many requests that an origin gets in any one second while it returns, however many visitors there are. A fifth is kept for what no snapshot can answer, so that
/// forms and pages behind a login go first; and a tenth for the others, so that the origin meets a share of them before it meets them all.
/// </summary>
internal sealed class ReturnBudget(TimeProvider clock)
{
    // The current tenth of a second, and the ten before it: at least a whole second.
    private const int Slots = 11;
    private const int PerSecond = 10;

    private readonly Lock gate = new();
    private readonly int[] covered = new int[Slots];
    private readonly int[] others = new int[Slots];
    private readonly long beganAt = clock.GetTimestamp();
    private long at;

    /// <summary>Takes one, if there is one.</summary>
    /// <param name="perSecond">The most in a second.</param>
    /// <param name="isCovered">Whether a snapshot can answer instead.</param>
    public bool TryTake(int perSecond, bool isCovered)
    {
        lock (gate)
        {
            MoveOn();
            var slot = (int)(at % Slots);
            var (ofCovered, ofOthers) = (covered.Sum(), others.Sum());
            var kept = isCovered ? perSecond / 5 : perSecond / 10;
            // A quarter at once: a page comes with its files, and not all pages in one instant.
            if (ofCovered + ofOthers >= perSecond
                || (isCovered ? ofCovered : ofOthers) >= perSecond - kept
                || covered[slot] + others[slot] >= Math.Max(1, perSecond / 4))
            {
                return false;
            }

            (isCovered ? covered : others)[slot]++;
            return true;
        }
    }

    private void MoveOn()
    {
        var now = (long)(clock.GetElapsedTime(beganAt).TotalSeconds * PerSecond);
        for (var next = Math.Max(at + 1, now - Slots + 1); next <= now; next++)
        {
            covered[next % Slots] = others[next % Slots] = 0;
        }

        at = Math.Max(at, now);
    }
}

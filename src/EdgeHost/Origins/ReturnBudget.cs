namespace EdgeHost.Origins;

/// <summary>
/// So many requests per second that an origin gets while it returns, however many visitors there are. A fifth is kept for what no snapshot can answer,
/// so that forms and pages behind a login go first.
/// </summary>
internal sealed class ReturnBudget(TimeProvider clock)
{
    private readonly Lock gate = new();
    private double tokens = 1;
    private long filledAt = clock.GetTimestamp();

    /// <summary>Takes one, if there is one.</summary>
    /// <param name="perSecond">The rate.</param>
    /// <param name="isCovered">Whether a snapshot can answer instead.</param>
    public bool TryTake(int perSecond, bool isCovered)
    {
        lock (gate)
        {
            var now = clock.GetTimestamp();
            // A quarter of a second's may be saved up: a page comes with its files.
            var most = Math.Max(1, perSecond / 4.0);
            tokens = Math.Min(most, tokens + (clock.GetElapsedTime(filledAt, now).TotalSeconds * perSecond));
            filledAt = now;
            if (tokens - 1 < (isCovered && most >= 2 ? most / 5 : 0))
            {
                return false;
            }

            tokens--;
            return true;
        }
    }
}

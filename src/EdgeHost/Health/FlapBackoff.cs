namespace EdgeHost.Health;

/// <summary>How long a scope stays with its snapshot: doubled with each flap, and forgiven by staying live. Its owner's lock guards it.</summary>
internal sealed class FlapBackoff(TimeProvider clock)
{
    private long? returnedAt;

    /// <summary>How often it has flapped lately.</summary>
    public int Flaps { get; private set; }

    /// <summary>Whether it has ever been away and come back.</summary>
    public bool HasReturned => returnedAt is not null;

    public void Returned() => returnedAt = clock.GetTimestamp();

    /// <summary>It turns to the snapshot: for how long, at least.</summary>
    public TimeSpan Turned(HealthRules rules, bool onTheWayBack)
    {
        if (onTheWayBack)
        {
            Flaps++;
        }
        else if (returnedAt is { } returned)
        {
            var live = clock.GetElapsedTime(returned);
            Flaps = live < rules.FlapMemory ? Flaps + 1 : (int)Math.Max(0, Flaps - (live / rules.FlapMemory));
        }

        var stay = rules.SnapshotDwell;
        for (var i = 0; i < Flaps && stay < rules.LongestSnapshotDwell; i++)
        {
            stay *= 2;
        }

        return stay < rules.LongestSnapshotDwell ? stay : rules.LongestSnapshotDwell;
    }
}

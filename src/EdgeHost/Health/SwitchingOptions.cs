namespace EdgeHost.Health;

/// <summary>When an origin or a site turns to its snapshot and back. docs/switching.md draws it and says why each default is what it is.</summary>
internal sealed class SwitchingOptions
{
    /// <inheritdoc cref="HealthRules.FallPaths"/>
    public int FallPaths { get; set; } = 3;

    /// <inheritdoc cref="HealthRules.FallVisitors"/>
    public int FallVisitors { get; set; } = 2;

    /// <inheritdoc cref="HealthRules.LostPaths"/>
    public int LostPaths { get; set; } = 5;

    /// <summary>The least share of failures among the answers that are weighed, in percent. 1 to 100. Default: 50.</summary>
    public int FallPercent { get; set; } = 50;

    /// <summary>How long evidence is weighed at least. 0 to 1 min. Default: 300 ms.</summary>
    public TimeSpan SuspectDwell { get; set; } = TimeSpan.FromMilliseconds(300);

    /// <summary>How long it is weighed at most before it is forgotten. 1 s to 10 min. Default: 10 s.</summary>
    public TimeSpan SuspectWindow { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How long a snapshot answers at least; doubled with each flap. 0 to 1 h. Default: 5 s.</summary>
    public TimeSpan SnapshotDwell { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>The longest that flapping can make it. 1 s to 1 day. Default: 5 min.</summary>
    public TimeSpan LongestSnapshotDwell { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>A turn this soon after the last return is a flap; each such time spent live takes one flap back. 1 s to 1 day. Default: 10 min.</summary>
    public TimeSpan FlapMemory { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>The shares of visitors, in percent and rising, that the platform gets one after the other while it returns. Default, when empty: 1, 5, 25, 100.</summary>
    public List<int> Ramp { get; set; } = [];

    /// <summary>How long each share is held. 0 to 1 h. Default: 10 s.</summary>
    public TimeSpan RampDwell { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How long what has returned stays live before it may be suspected anew. 0 to 1 min. Default: 1 s.</summary>
    public TimeSpan LiveDwell { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>The most requests per second that an origin gets while it returns; half of them from one IPv4 address or IPv6 /64. 1 to 100,000. Default: 50.</summary>
    public int ReturnRate { get; set; } = 50;

    /// <summary>The rules of a site on an origin.</summary>
    /// <param name="fall">Failures until it may turn.</param>
    /// <param name="rise">Passed probes in a row until it may return.</param>
    public HealthRules ForSite(int fall, int rise)
    {
        var rules = new HealthRules
        {
            Fall = fall,
            FallPaths = FallPaths,
            FallVisitors = FallVisitors,
            LostPaths = LostPaths,
            FallShare = FallPercent / 100.0,
            SuspectDwell = SuspectDwell,
            SuspectWindow = SuspectWindow,
            Rise = rise,
            SnapshotDwell = SnapshotDwell,
            LongestSnapshotDwell = LongestSnapshotDwell,
            FlapMemory = FlapMemory,
            RampDwell = RampDwell,
            LiveDwell = LiveDwell,
        };
        return Ramp.Count == 0 ? rules : rules with { Ramp = [.. Ramp] };
    }

    /// <summary>The rules of an origin: that it can't be reached is the same for every path, and no visitor's doing.</summary>
    public HealthRules ForOrigin(int fall, int rise) => ForSite(fall, rise) with { FallPaths = 1, FallVisitors = 1 };
}

using System.Collections.Immutable;

namespace EdgeHost.Health;

/// <summary>When a scope turns, and how long it stays. docs/switching.md says why each default is what it is.</summary>
internal sealed record HealthRules
{
    /// <summary>Failures until a scope may turn. 1 to 1,000. Default: 3.</summary>
    public int Fall { get; init; } = 3;

    /// <summary>
    /// Distinct paths that must have failed among them: one page that always fails is that page's fault. Probes in a row count without that,
    /// since an operator has chosen what they ask for. 1 to 100. Default: 3.
    /// </summary>
    public int FallPaths { get; init; } = 3;

    /// <summary>
    /// Visitors, told apart by their networks, who must have met failures of a site. Fewer do where the edge has met as many of <see cref="FallPaths"/> itself:
    /// what only one visitor meets may be of that visitor's making. 1 to 8. Default: 2.
    /// </summary>
    public int FallVisitors { get; init; } = 2;

    /// <summary>
    /// Distinct pages of a site, its home page among them, that must be answered with something else (404, a parking page, a login) until its content counts as
    /// lost; all of them where it has fewer. 1 to 100. Default: 5.
    /// </summary>
    public int LostPaths { get; init; } = 5;

    /// <summary>The least share of failures among what was answered while suspected. Above 0 to 1. Default: 0.5.</summary>
    public double FallShare { get; init; } = 0.5;

    /// <summary>How long the evidence is weighed at least. Default: 300 ms.</summary>
    public TimeSpan SuspectDwell { get; init; } = TimeSpan.FromMilliseconds(300);

    /// <summary>How long it is weighed at most before it is forgotten. Default: 10 s.</summary>
    public TimeSpan SuspectWindow { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Passed probes in a row until the return may begin. 1 to 1,000. Default: 5.</summary>
    public int Rise { get; init; } = 5;

    /// <summary>How long a scope stays with its snapshot at least; doubled with each flap. Default: 5 s.</summary>
    public TimeSpan SnapshotDwell { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>The longest that flapping can make it. Default: 5 min.</summary>
    public TimeSpan LongestSnapshotDwell { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>A turn this soon after the last return is a flap; each such time spent live takes one flap back. Default: 10 min.</summary>
    public TimeSpan FlapMemory { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>The shares of visitors, in percent, that the platform gets one after the other while it returns. Default: 1, 5, 25, 100.</summary>
    public ImmutableArray<int> Ramp { get; init; } = [1, 5, 25, 100];

    /// <summary>How long each share is held. Default: 10 s.</summary>
    public TimeSpan RampDwell { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long a scope that has returned stays live before it may be suspected anew; what fails meanwhile is rescued. Default: 1 s.</summary>
    public TimeSpan LiveDwell { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>While the probe is a configuration error, requests that find out stand in for it: one counts in each of so long. Default: 1 s.</summary>
    public TimeSpan TrickleInterval { get; init; } = TimeSpan.FromSeconds(1);
}

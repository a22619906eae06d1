using System.Collections.Immutable;
using EdgeHost.Interlocks;

namespace EdgeHost.Modes;

/// <summary>What a change would do, and whether it may.</summary>
/// <param name="Change">The change.</param>
/// <param name="Effects">The sites on which another override would hold than does.</param>
/// <param name="Refusals">All that speaks against it, overridden or not.</param>
internal sealed record ModePlan(ModeChange Change, ImmutableArray<SiteEffect> Effects, ImmutableArray<Refusal> Refusals)
{
    /// <summary>How many requests all sites of the edge had in the last minute.</summary>
    public required double RequestsPerSecond { get; init; }

    /// <summary>How many of them the sites had on which something would change.</summary>
    public double TouchedPerSecond => Effects.Sum(effect => effect.RequestsPerSecond);

    /// <summary>The refusals that nobody has overridden: with any, nothing is changed.</summary>
    public IEnumerable<Refusal> Standing => Refusals.Where(refusal => !Change.Overrides.Contains(refusal.Interlock));

    public IEnumerable<Interlock> Overridden => Refusals.Select(refusal => refusal.Interlock).Where(interlock => Change.Overrides.Contains(interlock));

    public bool IsRefused => Standing.Any();
}

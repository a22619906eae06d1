using EdgeHost.Health;

namespace EdgeHost.Counting;

/// <summary>How often scopes have come into each phase of their health.</summary>
internal sealed class TurnCounts
{
    private readonly long[] origins = new long[Enum.GetValues<HealthPhase>().Length];
    private readonly long[] sites = new long[Enum.GetValues<HealthPhase>().Length];

    public void CountOrigin(HealthPhase to) => Interlocked.Increment(ref origins[(int)to]);

    public void CountSite(HealthPhase to) => Interlocked.Increment(ref sites[(int)to]);

    public long OfOrigins(HealthPhase to) => Volatile.Read(ref origins[(int)to]);

    public long OfSites(HealthPhase to) => Volatile.Read(ref sites[(int)to]);
}

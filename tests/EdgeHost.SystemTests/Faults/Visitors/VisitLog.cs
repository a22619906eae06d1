using System.Collections.Concurrent;

namespace EdgeHost.SystemTests.Faults.Visitors;

/// <summary>All visits of a load, and what can be read off them.</summary>
internal sealed class VisitLog
{
    private const int MostExamples = 5;

    private readonly ConcurrentQueue<Visit> visits = new();

    /// <summary>Of visits that begin from now on.</summary>
    public LoadPhase Phase { get; set; }

    public int Total => visits.Count;

    /// <summary>How many sites were visited.</summary>
    public int Sites => visits.Select(visit => visit.Site).Distinct().Count();

    public void Add(Visit visit) => visits.Enqueue(visit);

    public int Count(VisitKind kind) => visits.Count(visit => visit.Kind == kind);

    public int Count(VisitKind kind, LoadPhase phase) => visits.Count(visit => visit.Kind == kind && visit.Phase == phase);

    /// <summary>The longest that a visitor waited for an answer, in any phase.</summary>
    public TimeSpan Longest => visits.Select(visit => visit.Took).DefaultIfEmpty().Max();

    public Percentiles Latencies(LoadPhase phase) => Percentiles.Of(visits.Where(visit => visit.Phase == phase).Select(visit => visit.Took));

    public void AssertNone(params VisitKind[] kinds)
    {
        var found = visits.Where(visit => kinds.Contains(visit.Kind)).ToList();
        Assert.True(found.Count == 0, $"{found.Count} {string.Join(" or ", kinds)}{string.Concat(found.Take(MostExamples).Select(visit => $"\n- {visit.Phase}, {visit.Took.TotalMilliseconds:0} ms: {visit.Problem}"))}");
    }

    public string Counts() => string.Join(", ", visits.GroupBy(visit => visit.Kind).OrderBy(group => group.Key).Select(group => $"{group.Key} {group.Count()}"));
}

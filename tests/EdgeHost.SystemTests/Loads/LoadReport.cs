using System.Collections.Concurrent;

namespace EdgeHost.SystemTests.Loads;

/// <summary>Counts of what came of the requests, and examples of what should not have come.</summary>
internal sealed class LoadReport
{
    private const int MostExamples = 20;

    private readonly int[] counts = new int[Enum.GetValues<AnswerKind>().Length];
    private readonly ConcurrentQueue<string> examples = new();
    private long slowestTicks;

    public int this[AnswerKind kind] => Volatile.Read(ref counts[(int)kind]);

    public IReadOnlyList<string> Examples => [.. examples];

    public TimeSpan Slowest => new(Volatile.Read(ref slowestTicks));

    public void Count(AnswerKind kind, TimeSpan took, string? example)
    {
        Interlocked.Increment(ref counts[(int)kind]);
        if (example is not null && examples.Count < MostExamples)
        {
            examples.Enqueue(example);
        }

        // Only for people: a lost update between two connections does no harm.
        if (took.Ticks > Volatile.Read(ref slowestTicks))
        {
            Volatile.Write(ref slowestTicks, took.Ticks);
        }
    }

    public override string ToString() =>
        $"{string.Join(", ", Enum.GetValues<AnswerKind>().Select(kind => $"{kind} {this[kind]}"))}; slowest {Slowest.TotalMilliseconds:0} ms{string.Concat(Examples.Select(example => $"\n- {example}"))}";
}

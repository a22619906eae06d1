namespace EdgeHost.SystemTests.Faults.Visitors;

/// <summary>Latencies by nearest rank.</summary>
internal readonly record struct Percentiles(int Count, TimeSpan Median, TimeSpan P99, TimeSpan Longest)
{
    public static Percentiles Of(IEnumerable<TimeSpan> times)
    {
        var sorted = times.Order().ToArray();
        return sorted.Length == 0 ? default : new Percentiles(sorted.Length, At(0.5), At(0.99), sorted[^1]);

        TimeSpan At(double share) => sorted[(int)Math.Ceiling(share * sorted.Length) - 1];
    }

    public override string ToString() => Count == 0 ? "-" : FormattableString.Invariant($"{Median.TotalMilliseconds:0.0}/{P99.TotalMilliseconds:0.0}/{Longest.TotalMilliseconds:0.0}");
}

using System.Globalization;

namespace EdgeHost.Management.Explaining;

/// <summary>Times, spans and lists in sentences.</summary>
internal static class Words
{
    /// <summary>The day is left out where it is today's.</summary>
    public static string At(DateTimeOffset time, DateTimeOffset now)
    {
        var form = time.UtcDateTime.Date == now.UtcDateTime.Date ? "HH:mm:ss'Z'" : "yyyy-MM-dd HH:mm:ss'Z'";
        return time.UtcDateTime.ToString(form, CultureInfo.InvariantCulture);
    }

    /// <summary>Rounded up: nobody is told to expect something before it can be.</summary>
    public static string Of(TimeSpan span) => span switch
    {
        { TotalSeconds: > 0 and < 1 } => $"{(int)Math.Ceiling(span.TotalMilliseconds)} ms",
        { TotalSeconds: < 120 } => $"{(int)Math.Ceiling(span.TotalSeconds)} s",
        { TotalMinutes: < 120 } => $"{(int)Math.Ceiling(span.TotalMinutes)} min",
        _ => $"{(int)Math.Ceiling(span.TotalHours)} h",
    };

    /// <summary><c>1, 5 and 25</c></summary>
    public static string Of(IReadOnlyList<int> numbers) => numbers.Count < 2 ? string.Concat(numbers) : $"{string.Join(", ", numbers.SkipLast(1))} and {numbers[^1]}";

    /// <summary><c>1 probe</c>, <c>2 probes</c></summary>
    public static string Count(int count, string thing) => count == 1 ? $"1 {thing}" : $"{count} {thing}s";
}

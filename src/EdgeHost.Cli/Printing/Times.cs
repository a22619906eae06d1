using System.Globalization;

namespace EdgeHost.Cli.Printing;

/// <summary>Times as people read them, always in UTC.</summary>
internal static class Times
{
    public static string Of(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    /// <summary>How long something holds.</summary>
    public static string UntilOf(DateTimeOffset? end) => end is { } time ? $"until {Of(time)}" : "until somebody ends it";

    public static string AgeOf(TimeSpan age) => age switch
    {
        { TotalDays: >= 2 } => $"{(long)age.TotalDays} d",
        { TotalHours: >= 2 } => $"{(long)age.TotalHours} h",
        { TotalMinutes: >= 2 } => $"{(long)age.TotalMinutes} min",
        _ => $"{(long)age.TotalSeconds} s",
    };
}

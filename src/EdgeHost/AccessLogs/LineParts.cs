using System.Net;
using EdgeHost.Decisions;

namespace EdgeHost.AccessLogs;

/// <summary>
/// The parts of a connection's last line that its next one most likely has, too. To compare what they were made of and copy them takes half as long as to make them again.
/// Used by one request at a time.
/// </summary>
internal sealed class LineParts
{
    /// <summary>What stands between the time and the target.</summary>
    public LinePart<LineHead> Head { get; } = new();

    /// <summary>What stands behind the duration.</summary>
    public LinePart<LineTail> Tail { get; } = new();
}

/// <summary>What a line's head is made of.</summary>
internal readonly record struct LineHead(string Method, string? Host)
{
    public static LineHead Of(in AccessRecord record) => new(record.Method, record.Host);
}

/// <summary>What a line's tail is made of.</summary>
internal readonly record struct LineTail(string? Site, Decision Decision, string? Scope, string? Problem, string? Snapshot, IPAddress? Client, string? UserAgent)
{
    public static LineTail Of(in AccessRecord record) => new(record.Site, record.Decision, record.Scope, record.Problem, record.Snapshot, record.Client, record.UserAgent);
}

/// <summary>Bytes, and what they were made of.</summary>
internal sealed class LinePart<TOf>
    where TOf : struct, IEquatable<TOf>
{
    private TOf of;
    private byte[] bytes = [];
    private int length;

    /// <summary>The bytes; none where they would be others.</summary>
    public ReadOnlySpan<byte> Of(in TOf wanted) => length > 0 && of.Equals(wanted) ? bytes.AsSpan(0, length) : [];

    public void Keep(in TOf made, ReadOnlySpan<byte> from)
    {
        if (bytes.Length < from.Length)
        {
            bytes = new byte[from.Length];
        }

        from.CopyTo(bytes);
        (of, length) = (made, from.Length);
    }
}

using System.Globalization;

namespace EdgeHost.Snapshots;

/// <summary>What a <c>Range</c> asks for (RFC 9110 §14.2).</summary>
internal static class ByteRanges
{
    // More than any reader of a document or a film asks for at once; §14.2 lets a server ignore what looks like an attack.
    private const int Most = 16;

    /// <param name="header">The field's value.</param>
    /// <param name="length">The body's length.</param>
    /// <returns>
    /// Null: nothing that is to be honoured (no range, a malformed one, another unit, too many), so the whole body is due. None: well-formed, and none lies within the
    /// body: 416. Else the ranges, in the order in which they were asked for; those that overlap or touch are one.
    /// </returns>
    public static IReadOnlyList<ByteRange>? Parse(string header, long length)
    {
        if (!header.StartsWith("bytes=", StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        var (ranges, count) = (new List<ByteRange>(1), 0);
        var list = header.AsSpan(6);
        foreach (var member in list.Split(','))
        {
            var spec = list[member].Trim();
            if (spec.IsEmpty)
            {
                continue;
            }

            if (++count > Most || !TryParse(spec, length, out var range))
            {
                return null;
            }

            if (range is { } satisfiable)
            {
                Add(ranges, satisfiable);
            }
        }

        return count == 0 ? null : ranges;
    }

    private static bool TryParse(ReadOnlySpan<char> spec, long length, out ByteRange? range)
    {
        range = null;
        var dash = spec.IndexOf('-');
        if (dash < 0 || !TryNumber(spec[..dash], out var first) || !TryNumber(spec[(dash + 1)..], out var last) || (first is null && last is null) || last < first)
        {
            return false;
        }

        // "-500" is the last 500 bytes.
        var (from, to) = first is null ? (Math.Max(0, length - last!.Value), length - 1) : (first.Value, Math.Min(last ?? long.MaxValue, length - 1));
        range = from <= to ? new ByteRange(from, to) : null;
        return true;
    }

    private static void Add(List<ByteRange> ranges, ByteRange range)
    {
        var at = ranges.Count;
        for (var n = ranges.Count - 1; n >= 0; n--)
        {
            var other = ranges[n];
            if (range.First <= other.Last + 1 && other.First <= range.Last + 1)
            {
                range = new ByteRange(Math.Min(range.First, other.First), Math.Max(range.Last, other.Last));
                ranges.RemoveAt(n);
                at = n;
            }
        }

        ranges.Insert(Math.Min(at, ranges.Count), range);
    }

    // Digits that no number holds lie behind the end of everything.
    private static bool TryNumber(ReadOnlySpan<char> text, out long? number)
    {
        number = null;
        if (text.IsEmpty)
        {
            return true;
        }

        if (text.ContainsAnyExceptInRange('0', '9'))
        {
            return false;
        }

        number = long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? value : long.MaxValue;
        return true;
    }
}

using System.Globalization;

namespace EdgeHost.Snapshots;

/// <summary>One range of bytes of a body (RFC 9110 §14.1.2). Several ranges at once are answered with the whole body, which is allowed and what caches cope with.</summary>
internal readonly record struct ByteRange(long First, long Last)
{
    public long Length => Last - First + 1;

    /// <summary>
    /// Null: there is no range to be honoured (none, malformed, another unit, several), so the whole body is due.
    /// <paramref name="satisfiable"/> is false when it is well-formed and lies outside the body: 416.
    /// </summary>
    public static ByteRange? Parse(string header, long length, out bool satisfiable)
    {
        satisfiable = true;
        if (!header.StartsWith("bytes=", StringComparison.OrdinalIgnoreCase) || header.Contains(',', StringComparison.Ordinal))
        {
            return null;
        }

        var spec = header.AsSpan(6).Trim();
        var dash = spec.IndexOf('-');
        if (dash < 0 || !TryNumber(spec[..dash], out var first) || !TryNumber(spec[(dash + 1)..], out var last) || (first is null && last is null) || last < first)
        {
            return null;
        }

        // "-500" is the last 500 bytes.
        var (from, to) = first is null ? (Math.Max(0, length - last!.Value), length - 1) : (first.Value, Math.Min(last ?? long.MaxValue, length - 1));
        satisfiable = from <= to;
        return satisfiable ? new ByteRange(from, to) : null;
    }

    private static bool TryNumber(ReadOnlySpan<char> text, out long? number)
    {
        number = null;
        if (text.IsEmpty)
        {
            return true;
        }

        var parsed = long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value);
        number = parsed ? value : null;
        return parsed;
    }
}

using System.Collections.Concurrent;
using System.Globalization;
using EdgeHost.SnapshotStore.Blobs;

namespace EdgeHost.Snapshots;

/// <summary>Which codings a client accepts (RFC 9110 §12.5.3). Preferences among accepted ones are left to the server: it sends the shortest.</summary>
internal static class AcceptEncoding
{
    /// <summary>How many sets there are: each coding but identity is in or not.</summary>
    public const int SetCount = 8;

    private const int MostKnown = 256;

    // Browsers send a handful of forms. The bound keeps others from filling memory.
    private static readonly ConcurrentDictionary<string, int> Known = new(StringComparer.Ordinal);
    private static int knownCount;

    public static bool Has(int set, ContentCoding coding) => coding == ContentCoding.Identity || (set & Bit(coding)) != 0;

    public static int Parse(string? header)
    {
        if (string.IsNullOrEmpty(header))
        {
            return 0;
        }

        if (Known.TryGetValue(header, out var set))
        {
            return set;
        }

        set = ParseNew(header);
        if (Volatile.Read(ref knownCount) < MostKnown && Known.TryAdd(header, set))
        {
            // Not Known.Count, which takes every lock of the dictionary.
            Interlocked.Increment(ref knownCount);
        }

        return set;
    }

    private static int ParseNew(string header)
    {
        var set = 0;
        var refused = 0;
        var any = false;
        foreach (var range in header.AsSpan().Split(','))
        {
            var member = header.AsSpan()[range];
            var semicolon = member.IndexOf(';');
            var name = (semicolon < 0 ? member : member[..semicolon]).Trim();
            var accepted = semicolon < 0 || !IsZero(member[(semicolon + 1)..]);
            if (name is "*")
            {
                any |= accepted;
                continue;
            }

            var bit = BitOf(name);
            set |= accepted ? bit : 0;
            refused |= accepted ? 0 : bit;
        }

        return any ? (SetCount - 1) & ~refused : set & ~refused;
    }

    private static bool IsZero(ReadOnlySpan<char> parameter)
    {
        parameter = parameter.Trim();
        return parameter.StartsWith("q=", StringComparison.OrdinalIgnoreCase)
            && double.TryParse(parameter[2..], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var q) && q == 0;
    }

    private static int BitOf(ReadOnlySpan<char> name) =>
        name.Equals("gzip", StringComparison.OrdinalIgnoreCase) || name.Equals("x-gzip", StringComparison.OrdinalIgnoreCase) ? Bit(ContentCoding.Gzip)
        : name.Equals("br", StringComparison.OrdinalIgnoreCase) ? Bit(ContentCoding.Brotli)
        : name.Equals("zstd", StringComparison.OrdinalIgnoreCase) ? Bit(ContentCoding.Zstandard)
        : 0;

    private static int Bit(ContentCoding coding) => 1 << ((int)coding - 1);
}

using System.Collections.Concurrent;
using System.Globalization;
using EdgeHost.SnapshotStore.Blobs;

namespace EdgeHost.Snapshots;

/// <summary>Which codings a client accepts, and which of them before which (RFC 9110 §12.5.3). In a number, three bits for the rank of each coding; 0: not accepted.</summary>
internal static class AcceptEncoding
{
    /// <summary>Who says nothing gets what the origin sent: that every client can read.</summary>
    public const int Nothing = 1;

    private const int MostKnown = 256;
    private const int BitsPerRank = 3;
    private const int Codings = 4;

    // Where nothing is said of what is sent uncoded, it is accepted after all that is named, and its weight less than any that can be written (§12.4.2: three decimals).
    private const int Full = 1_000_000;
    private const int Least = 1;

    // Browsers send a handful of forms. The bound keeps others from filling memory.
    private static readonly ConcurrentDictionary<string, int> Known = new(StringComparer.Ordinal);
    private static int knownCount;

    /// <summary>A coding's rank: the higher the sooner wanted, equal ranks alike; 0: it is not accepted.</summary>
    public static int RankOf(int accepted, ContentCoding coding) => (accepted >> ((int)coding * BitsPerRank)) & ((1 << BitsPerRank) - 1);

    public static int Parse(string? header)
    {
        if (string.IsNullOrEmpty(header))
        {
            return Nothing;
        }

        if (Known.TryGetValue(header, out var accepted))
        {
            return accepted;
        }

        accepted = ParseNew(header);
        if (Volatile.Read(ref knownCount) < MostKnown && Known.TryAdd(header, accepted))
        {
            // Not Known.Count, which takes every lock of the dictionary.
            Interlocked.Increment(ref knownCount);
        }

        return accepted;
    }

    private static int ParseNew(string header)
    {
        Span<int> weights = stackalloc int[Codings];
        weights.Fill(-1);
        var any = -1;
        foreach (var range in header.AsSpan().Split(','))
        {
            var member = header.AsSpan()[range];
            var semicolon = member.IndexOf(';');
            var name = (semicolon < 0 ? member : member[..semicolon]).Trim();
            var weight = semicolon < 0 ? Full : WeightOf(member[(semicolon + 1)..]);
            if (name is "*")
            {
                any = any == 0 ? 0 : weight;
            }
            else if (CodingOf(name) is { } coding)
            {
                // Refused once is refused.
                weights[(int)coding] = weights[(int)coding] == 0 ? 0 : Math.Max(weights[(int)coding], weight);
            }
        }

        for (var coding = 0; coding < Codings; coding++)
        {
            weights[coding] = weights[coding] >= 0 ? weights[coding] : any >= 0 ? any : coding == (int)ContentCoding.Identity ? Least : 0;
        }

        return Pack(weights);
    }

    private static int Pack(ReadOnlySpan<int> weights)
    {
        var packed = 0;
        for (var coding = 0; coding < Codings; coding++)
        {
            if (weights[coding] > 0)
            {
                var rank = 1;
                for (var other = 0; other < Codings; other++)
                {
                    rank += weights[other] > 0 && weights[other] < weights[coding] ? 1 : 0;
                }

                packed |= rank << (coding * BitsPerRank);
            }
        }

        return packed;
    }

    private static int WeightOf(ReadOnlySpan<char> parameter)
    {
        parameter = parameter.Trim();
        return parameter.StartsWith("q=", StringComparison.OrdinalIgnoreCase)
            && double.TryParse(parameter[2..], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var weight) ? (int)(Math.Min(weight, 1) * Full) : Full;
    }

    private static ContentCoding? CodingOf(ReadOnlySpan<char> name) =>
        name.Equals("gzip", StringComparison.OrdinalIgnoreCase) || name.Equals("x-gzip", StringComparison.OrdinalIgnoreCase) ? ContentCoding.Gzip
        : name.Equals("br", StringComparison.OrdinalIgnoreCase) ? ContentCoding.Brotli
        : name.Equals("zstd", StringComparison.OrdinalIgnoreCase) ? ContentCoding.Zstandard
        : name.Equals("identity", StringComparison.OrdinalIgnoreCase) ? ContentCoding.Identity
        : null;
}

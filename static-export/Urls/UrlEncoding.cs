using System.Buffers;
using System.Globalization;
using System.Text;

namespace StaticExport.Urls;

/// <summary>Percent-encodes what browsers do, and nothing else (https://url.spec.whatwg.org/#percent-encoded-bytes).</summary>
internal static class UrlEncoding
{
    // The standard's query percent-encode set, for special schemes; controls and non-ASCII characters are always encoded.
    private static readonly SearchValues<char> EncodedInQuery = SearchValues.Create(" \"#<>'");
    private static readonly SearchValues<char> EncodedInPath = SearchValues.Create(" \"#<>?^`{}");

    public static string PathSegment(string text) => Encode(text, EncodedInPath, null);

    /// <param name="query">Null when there is none.</param>
    /// <param name="encoding">The document's encoding; null for UTF-8.</param>
    public static string? Query(string? query, Encoding? encoding) => query is null ? null : Encode(query, EncodedInQuery, encoding);

    private static string Encode(string text, SearchValues<char> set, Encoding? encoding)
    {
        if (!text.AsSpan().ContainsAny(set) && !text.AsSpan().ContainsAnyExceptInRange('!', '~'))
        {
            return text;
        }

        var result = new StringBuilder(text.Length + 16);
        Span<byte> octets = stackalloc byte[16];
        foreach (var rune in text.EnumerateRunes())
        {
            if (rune.IsAscii && rune.Value is > ' ' and < 0x7f && !set.Contains((char)rune.Value))
            {
                result.Append((char)rune.Value);
                continue;
            }

            var count = encoding is null ? rune.EncodeToUtf8(octets) : encoding.GetBytes(rune.ToString(), octets);
            foreach (var octet in octets[..count])
            {
                result.Append(CultureInfo.InvariantCulture, $"%{octet:X2}");
            }
        }

        return result.ToString();
    }
}

using System.Collections.Immutable;
using System.Text.RegularExpressions;
using StaticExport.LinkExtraction;

namespace StaticExport.Volatility;

/// <summary>The parts of a site's texts that change without meaning anything: a token, a time, a counter. Pure.</summary>
internal sealed class VolatilePatterns(ImmutableArray<Regex> patterns)
{
    public static readonly VolatilePatterns None = new([]);

    public bool IsEmpty => patterns.IsEmpty;

    /// <summary>Whether two bodies of a text type are the same apart from what the patterns match.</summary>
    public bool AreEqual(string? contentType, byte[] one, byte[] other)
    {
        var type = MediaType.Parse(contentType);
        return !IsEmpty && type.IsText && AreEqual(TextDecoding.Decode(one, type.Charset), TextDecoding.Decode(other, type.Charset));
    }

    public bool AreEqual(string? one, string? other) => string.Equals(one, other, StringComparison.Ordinal) || (one is not null && other is not null && Strip(one) == Strip(other));

    // What is cut out leaves a mark, so that a part which is there only once is a difference.
    private string Strip(string text) => patterns.Aggregate(text, (rest, pattern) => pattern.Replace(rest, "\0"));
}

using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace EdgeHost.Snapshots;

/// <summary>What a request's preconditions make of an answer (RFC 9110 §13.2.2, in that order).</summary>
internal enum PreconditionResult
{
    Proceed,
    NotModified,
    Failed,
}

internal static class Preconditions
{
    public static PreconditionResult Evaluate(IHeaderDictionary request, StringValues etag, DateTimeOffset? lastModified)
    {
        if (request.IfMatch is { Count: > 0 } ifMatch)
        {
            if (!Matches(ifMatch, etag, weak: false))
            {
                return PreconditionResult.Failed;
            }
        }
        else if (request.IfUnmodifiedSince is { Count: > 0 } unmodified && HeaderUtilities.TryParseDate(unmodified.ToString(), out var unmodifiedSince) && lastModified > unmodifiedSince)
        {
            return PreconditionResult.Failed;
        }

        if (request.IfNoneMatch is { Count: > 0 } ifNoneMatch)
        {
            return Matches(ifNoneMatch, etag, weak: true) ? PreconditionResult.NotModified : PreconditionResult.Proceed;
        }

        return request.IfModifiedSince is { Count: > 0 } modified && HeaderUtilities.TryParseDate(modified.ToString(), out var modifiedSince) && lastModified <= modifiedSince
            ? PreconditionResult.NotModified
            : PreconditionResult.Proceed;
    }

    /// <summary>Whether a range is to be given of the answer that the client has a part of (RFC 9110 §13.1.5).</summary>
    public static bool RangeApplies(string ifRange, string etag, DateTimeOffset? lastModified) =>
        ifRange.Length == 0
        || ifRange == etag
        || (HeaderUtilities.TryParseDate(ifRange, out var date) && lastModified == date);

    private static bool Matches(StringValues header, StringValues etag, bool weak)
    {
        foreach (var value in header)
        {
            if (value is "*" || Holds(value, etag.ToString(), weak))
            {
                return true;
            }
        }

        return false;
    }

    // RFC 9110 §8.8.3: what stands between the quotes is opaque, commas too.
    private static bool Holds(ReadOnlySpan<char> list, ReadOnlySpan<char> etag, bool weak)
    {
        while (true)
        {
            list = list.TrimStart(" \t,");
            var isWeak = list.StartsWith("W/");
            var tag = isWeak ? list[2..] : list;
            if (tag.IsEmpty || tag[0] != '"' || tag[1..].IndexOf('"') is not (>= 0 and var length))
            {
                return false;
            }

            if (tag[..(length + 2)].SequenceEqual(etag) && (weak || !isWeak))
            {
                return true;
            }

            list = tag[(length + 2)..];
        }
    }
}

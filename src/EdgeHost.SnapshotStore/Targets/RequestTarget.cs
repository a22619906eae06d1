using System.Buffers;
using System.Text;

namespace EdgeHost.SnapshotStore.Targets;

/// <summary>
/// The one canonical form of a request target, for routing, snapshot keys and forwarding, so that no two of them can disagree about a path.
/// The path is normalised by RFC 3986 §6.2.2: unreserved characters are decoded, other escapes are upper case, characters that may not stand in a path are escaped.
/// The query is kept as it was sent; <see cref="QueryPolicy"/> makes the key of it.
/// </summary>
public readonly record struct RequestTarget
{
    /// <summary>Longest accepted target, in characters: Kestrel's default for a request line.</summary>
    public const int MaxLength = 8192;

    // pchar of RFC 3986 §3.3 without '%', and '/'.
    private static readonly SearchValues<char> Plain = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~!$&'()*+,;=:@/");

    /// <summary>The home page's.</summary>
    public static RequestTarget Root { get; } = new("/", null);

    private RequestTarget(string path, string? query)
    {
        Path = path;
        Query = query;
    }

    /// <summary>The canonical path; starts with <c>/</c>.</summary>
    public string Path { get; }

    /// <summary>What followed the first <c>?</c>, as it was sent; null without a <c>?</c>.</summary>
    public string? Query { get; }

    /// <summary>Parses a target in origin-form. The same string is used again where it is canonical already, which is what visitors send nearly always.</summary>
    public static bool TryParse(string raw, out RequestTarget target, out TargetError error)
    {
        target = default;
        error = TargetError.None;
        if (raw.Length == 0 || raw[0] != '/')
        {
            error = TargetError.NotAPath;
            return false;
        }

        if (raw.Length > MaxLength)
        {
            error = TargetError.TooLong;
            return false;
        }

        var question = raw.IndexOf('?', StringComparison.Ordinal);
        var path = question < 0 ? raw.AsSpan() : raw.AsSpan(0, question);
        var query = question < 0 ? null : raw[(question + 1)..];
        if (query is not null && (!PercentEncoding.IsVisibleAscii(query) || query.Contains('#', StringComparison.Ordinal)))
        {
            error = TargetError.ForbiddenCharacter;
            return false;
        }

        string canonical;
        if (!path.ContainsAnyExcept(Plain))
        {
            canonical = question < 0 ? raw : path.ToString();
        }
        else if (!TryNormalise(path, out canonical, out error))
        {
            return false;
        }

        if (HasDotSegment(canonical))
        {
            error = TargetError.DotSegment;
            return false;
        }

        // Escaping makes a path longer.
        if (canonical.Length + (query?.Length + 1 ?? 0) > MaxLength)
        {
            error = TargetError.TooLong;
            return false;
        }

        target = new RequestTarget(canonical, query);
        return true;
    }

    /// <summary>The key of this target in a manifest: the path, and what the site's policy leaves of the query.</summary>
    public string Key(QueryPolicy policy)
    {
        if (string.IsNullOrEmpty(Query))
        {
            return Path;
        }

        var query = policy.Normalise(Query);
        return query.Length == 0 ? Path : $"{Path}?{query}";
    }

    public override string ToString() => Query is null ? Path : $"{Path}?{Query}";

    private static bool TryNormalise(ReadOnlySpan<char> path, out string canonical, out TargetError error)
    {
        canonical = "";
        error = TargetError.None;
        var text = new StringBuilder(path.Length + 16);
        for (var i = 0; i < path.Length; i++)
        {
            var c = path[i];
            if (c == '%')
            {
                if (!PercentEncoding.TryDecode(path[i..], out var octet))
                {
                    error = TargetError.BadPercentEncoding;
                    return false;
                }

                if (octet is < 0x20 or 0x7f)
                {
                    error = TargetError.ForbiddenCharacter;
                    return false;
                }

                PercentEncoding.AppendCanonical(text, octet);
                i += 2;
            }
            else if (c is <= ' ' or >= '\x7f' or '\\' or '#')
            {
                error = TargetError.ForbiddenCharacter;
                return false;
            }
            else if (Plain.Contains(c))
            {
                text.Append(c);
            }
            else
            {
                PercentEncoding.AppendEscaped(text, (byte)c);
            }
        }

        canonical = text.ToString();
        return true;
    }

    // "..", "..;x" (path parameters) and the same between encoded separators: an origin may decode those once more than we do.
    private static bool HasDotSegment(string path)
    {
        // Nearly no path has a segment that begins with a dot, or an encoded separator; the path is canonical, so those are in upper case.
        if (!path.Contains("/.", StringComparison.Ordinal) && !path.Contains("F.", StringComparison.Ordinal) && !path.Contains("C.", StringComparison.Ordinal))
        {
            return false;
        }

        var rest = path.AsSpan();
        while (!rest.IsEmpty)
        {
            var (end, skip) = NextSeparator(rest);
            var segment = rest[..end];
            var parameters = segment.IndexOf(';');
            if ((parameters < 0 ? segment : segment[..parameters]) is "." or "..")
            {
                return true;
            }

            rest = rest[(end + skip)..];
        }

        return false;
    }

    private static (int End, int Skip) NextSeparator(ReadOnlySpan<char> rest)
    {
        for (var i = 0; i < rest.Length; i++)
        {
            if (rest[i] == '/')
            {
                return (i, 1);
            }

            if (rest[i] == '%' && rest[i..] is ['%', '2', 'F', ..] or ['%', '5', 'C', ..])
            {
                return (i, 3);
            }
        }

        return (rest.Length, 0);
    }
}

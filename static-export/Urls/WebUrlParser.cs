using System.Text;

namespace StaticExport.Urls;

/// <summary>
/// Resolves links as browsers do (https://url.spec.whatwg.org/#concept-basic-url-parser), for http and https.
/// <see cref="Uri"/> follows RFC 3986 and escapes other characters: a visitor's <c>?q='a'|b</c> arrives as <c>?q=%27a%27|b</c>, and from <see cref="Uri"/> as
/// <c>?q='a'%7Cb</c>, another key in the manifest.
/// </summary>
internal static class WebUrlParser
{
    /// <param name="link">The text of a link.</param>
    /// <param name="against">The base URL; null when only an absolute URL will do.</param>
    /// <param name="queryEncoding">The document's encoding, in which browsers encode a query; null for UTF-8.</param>
    /// <param name="url">The URL, when the answer is <see cref="LinkForm.Web"/>.</param>
    public static LinkForm Resolve(string link, WebUrl? against, Encoding? queryEncoding, out WebUrl? url)
    {
        url = null;
        var text = Clean(link);
        var fragment = text.IndexOf('#', StringComparison.Ordinal);
        var rest = fragment < 0 ? text : text[..fragment];
        var scheme = SchemeOf(rest);
        if (scheme is not null)
        {
            if (scheme is not ("http" or "https"))
            {
                return LinkForm.OtherScheme;
            }

            rest = rest[(scheme.Length + 1)..];
            // "https:page" on an https page is relative: a quirk that the standard keeps.
            if (against?.Scheme != scheme || StartsWithTwoSlashes(rest))
            {
                url = Absolute(scheme, rest, queryEncoding);
                return url is null ? LinkForm.Malformed : LinkForm.Web;
            }
        }

        if (against is not null)
        {
            url = StartsWithTwoSlashes(rest) ? Absolute(against.Scheme, rest, queryEncoding) : Relative(rest, against, queryEncoding);
        }

        return url is null ? LinkForm.Malformed : LinkForm.Web;
    }

    private static string Clean(string link)
    {
        var text = link.AsSpan();
        while (!text.IsEmpty && text[0] <= ' ')
        {
            text = text[1..];
        }

        while (!text.IsEmpty && text[^1] <= ' ')
        {
            text = text[..^1];
        }

        return text.ContainsAny('\t', '\n', '\r')
            ? text.ToString().Replace("\t", "", StringComparison.Ordinal).Replace("\n", "", StringComparison.Ordinal).Replace("\r", "", StringComparison.Ordinal)
            : text.ToString();
    }

    private static string? SchemeOf(string text)
    {
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        if (colon < 1 || !char.IsAsciiLetter(text[0]))
        {
            return null;
        }

        var name = text.AsSpan(0, colon);
        foreach (var c in name)
        {
            if (!char.IsAsciiLetterOrDigit(c) && c is not ('+' or '-' or '.'))
            {
                return null;
            }
        }

        return name.ToString().ToLowerInvariant();
    }

    private static bool IsSlash(char c) => c is '/' or '\\';

    private static bool StartsWithTwoSlashes(string text) => text.Length >= 2 && IsSlash(text[0]) && IsSlash(text[1]);

    private static WebUrl? Absolute(string scheme, string text, Encoding? queryEncoding)
    {
        var rest = text.TrimStart('/', '\\');
        var end = rest.AsSpan().IndexOfAny('/', '\\', '?');
        var authority = end < 0 ? rest : rest[..end];
        if (!UrlAuthority.TryParse(authority[(authority.LastIndexOf('@') + 1)..], scheme, out var host, out var port))
        {
            return null;
        }

        var (path, query) = SplitQuery(end < 0 ? "" : rest[end..]);
        return new WebUrl(scheme, host, port, Path([], path.TrimStartOne()), UrlEncoding.Query(query, queryEncoding));
    }

    private static WebUrl Relative(string text, WebUrl against, Encoding? queryEncoding)
    {
        if (text.Length == 0)
        {
            return against;
        }

        var (path, query) = SplitQuery(text);
        if (path.Length == 0)
        {
            return against with { Query = UrlEncoding.Query(query, queryEncoding) };
        }

        // "a/b" against "/x/y" stands beside y.
        var segments = IsSlash(path[0]) ? [] : against.Path.Split('/')[1..^1].ToList();
        return against with { Path = Path(segments, path.TrimStartOne()), Query = UrlEncoding.Query(query, queryEncoding) };
    }

    private static string TrimStartOne(this string path) => path.Length > 0 && IsSlash(path[0]) ? path[1..] : path;

    private static (string Path, string? Query) SplitQuery(string text)
    {
        var question = text.IndexOf('?', StringComparison.Ordinal);
        return question < 0 ? (text, null) : (text[..question], text[(question + 1)..]);
    }

    private static string Path(List<string> segments, string path)
    {
        var parts = path.Split('/', '\\');
        for (var i = 0; i < parts.Length; i++)
        {
            var part = parts[i];
            var isLast = i == parts.Length - 1;
            if (IsDots(part, 2))
            {
                if (segments.Count > 0)
                {
                    segments.RemoveAt(segments.Count - 1);
                }
            }
            else if (!IsDots(part, 1))
            {
                segments.Add(UrlEncoding.PathSegment(part));
                continue;
            }

            if (isLast)
            {
                segments.Add("");
            }
        }

        return "/" + string.Join('/', segments);
    }

    // "." and ".." may be written with %2e.
    private static bool IsDots(string segment, int dots) =>
        segment.Length <= dots * 3 && segment.Replace("%2e", ".", StringComparison.OrdinalIgnoreCase) is var plain && plain.Length == dots && plain.All(c => c == '.');
}

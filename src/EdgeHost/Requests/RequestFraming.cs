using System.Buffers;
using Microsoft.Net.Http.Headers;

namespace EdgeHost.Requests;

/// <summary>
/// Messages that two parsers could read differently (request smuggling, RFC 9112 §11.2), or that ask for one thing and would be forwarded as another.
/// The server accepts them; what lies behind may not, so they end here.
/// </summary>
internal static class RequestFraming
{
    // RFC 9110 §5.6.2
    private static readonly SearchValues<char> TokenCharacters = SearchValues.Create("!#$%&'*+-.^_`|~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");

    /// <summary>What is wrong with a request's framing; null when nothing is.</summary>
    public static string? Check(HttpRequest request)
    {
        var headers = request.Headers;
        if (headers.TransferEncoding.Count > 0)
        {
            // The server moves a Content-Length that stands beside Transfer-Encoding out of the way, under this name.
            if (headers.ContainsKey("X-Content-Length") || headers.ContentLength is not null)
            {
                return "The request has both Content-Length and Transfer-Encoding.";
            }

            if (!headers.TransferEncoding.ToString().Equals("chunked", StringComparison.OrdinalIgnoreCase) || request.Protocol == "HTTP/1.0")
            {
                return "The request has a Transfer-Encoding other than chunked.";
            }
        }

        if (headers.Upgrade.Count > 0)
        {
            if (request.Protocol == "HTTP/1.0")
            {
                // RFC 9110 §7.8: an Upgrade in HTTP/1.0 must be ignored.
                headers.Remove(HeaderNames.Upgrade);
            }
            else if (!HttpMethods.IsGet(request.Method))
            {
                return "Only a GET can ask for an upgrade.";
            }
        }

        return null;
    }

    /// <summary>
    /// Names that are no tokens, and control characters in values (RFC 9110 §5.1, §5.5: CR, LF and NUL are dangerous, others invalid; a tab is allowed).
    /// Looked at only where headers are passed on.
    /// </summary>
    public static bool HasBadHeader(IHeaderDictionary headers)
    {
        foreach (var (name, values) in headers)
        {
            // HTTP/2's pseudo-headers start with a colon.
            if (name.AsSpan(name.StartsWith(':') ? 1 : 0).ContainsAnyExcept(TokenCharacters))
            {
                return true;
            }

            foreach (var value in values)
            {
                if (HasControlCharacter(value))
                {
                    return true;
                }
            }
        }

        return false;
    }

    private static bool HasControlCharacter(ReadOnlySpan<char> rest)
    {
        if (rest.Contains('\x7f'))
        {
            return true;
        }

        int at;
        while ((at = rest.IndexOfAnyInRange('\0', '\x1f')) >= 0)
        {
            if (rest[at] != '\t')
            {
                return true;
            }

            rest = rest[(at + 1)..];
        }

        return false;
    }
}

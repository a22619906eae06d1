using System.Buffers;
using System.Globalization;
using System.Text;

namespace StaticExport.Urls;

/// <summary>The host and port of a URL, as browsers read them (https://url.spec.whatwg.org/#host-parsing).</summary>
internal static class UrlAuthority
{
    private static readonly SearchValues<char> ForbiddenInHost = SearchValues.Create(" #/:<>?@[\\]^|%\"`{}");

    public static bool TryParse(string authority, string scheme, out string host, out int port)
    {
        host = "";
        port = WebUrl.DefaultPort(scheme);
        var colon = authority.LastIndexOf(':');
        if (colon > authority.LastIndexOf(']'))
        {
            var digits = authority.AsSpan(colon + 1);
            if (!digits.IsEmpty && (!int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out port) || port > 65535))
            {
                return false;
            }

            authority = authority[..colon];
        }

        if (authority is ['[', .., ']'])
        {
            host = authority.ToLowerInvariant();
            return true;
        }

        return TryHost(authority, out host);
    }

    private static bool TryHost(string text, out string host)
    {
        host = "";
        var name = text.Contains('%', StringComparison.Ordinal) ? Uri.UnescapeDataString(text) : text;
        try
        {
            host = (Ascii.IsValid(name) ? name : new IdnMapping().GetAscii(name)).ToLowerInvariant();
        }
        catch (ArgumentException)
        {
            return false;
        }

        host = host.TrimEnd('.');
        return host.Length > 0 && !host.AsSpan().ContainsAny(ForbiddenInHost) && !host.AsSpan().ContainsAnyInRange('\0', ' ');
    }
}

using System.Globalization;
using System.Text;

namespace EdgeHost.Management.Explaining;

/// <summary>
/// A URL as a person gives it, and what a browser would send for it. Not <see cref="Uri"/>: that folds dot segments and decodes, and how those are
/// answered is among what is asked.
/// </summary>
/// <param name="Scheme"><c>http</c> or <c>https</c>.</param>
/// <param name="Authority">Host and port.</param>
/// <param name="Text">The whole, without a fragment; also a request target in absolute-form.</param>
internal sealed record ExplainedUrl(string Scheme, string Authority, string Text)
{
    private static readonly IdnMapping Idn = new();

    public static ExplainedUrl? Of(string? text)
    {
        var scheme = text?.StartsWith("https://", StringComparison.OrdinalIgnoreCase) == true ? "https" : "http";
        if (text is null || !text.StartsWith($"{scheme}://", StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        var rest = text[(scheme.Length + 3)..].Split('#')[0];
        var end = rest.IndexOfAny(['/', '?']);
        var (authority, path) = end < 0 ? (rest, "") : (rest[..end], rest[end..]);
        // User information is sent in no request target.
        if (authority.Length == 0 || authority.Contains('@', StringComparison.Ordinal))
        {
            return null;
        }

        authority = Punycode(authority);
        return new ExplainedUrl(scheme, authority, $"{scheme}://{authority}{Escaped(path)}");
    }

    private static string Punycode(string authority)
    {
        if (Ascii.IsValid(authority))
        {
            return authority;
        }

        try
        {
            var colon = authority.IndexOf(':', StringComparison.Ordinal);
            return colon < 0 ? Idn.GetAscii(authority) : Idn.GetAscii(authority[..colon]) + authority[colon..];
        }
        catch (ArgumentException)
        {
            // No host can be called that, which the explanation then says.
            return Escaped(authority);
        }
    }

    private static string Escaped(string text) => string.Concat(text.EnumerateRunes().Select(rune => rune.IsAscii ? rune.ToString() : Uri.EscapeDataString(rune.ToString())));
}

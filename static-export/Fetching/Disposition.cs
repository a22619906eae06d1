using System.Text;
using System.Text.RegularExpressions;

namespace StaticExport.Fetching;

/// <summary>
/// <c>Content-Disposition: attachment; filename="büro.pdf"</c> with raw octets is against RFC 6266 and in wide use; browsers read the octets as UTF-8.
/// Said as the RFC has it, <c>attachment; filename*=UTF-8''b%C3%BCro.pdf</c>, any server can send it.
/// </summary>
internal static partial class Disposition
{
    /// <param name="value">The header, an octet a character.</param>
    public static string Portable(string value)
    {
        if (Ascii.IsValid(value) || !FileName().IsMatch(value))
        {
            return value;
        }

        var match = FileName().Match(value);
        var octets = Encoding.Latin1.GetBytes(match.Groups["name"].Value);
        var text = Encoding.UTF8.GetString(octets);
        var name = text.Contains('\ufffd', StringComparison.Ordinal) ? Encoding.Latin1.GetString(octets) : text;
        return $"{value.Split(';')[0].Trim()}; filename*=UTF-8''{Uri.EscapeDataString(name.Trim())}";
    }

    [GeneratedRegex("""(?i)\bfilename\s*=\s*("(?<name>[^"\x00-\x1f]+)"|(?<name>[^;"\x00-\x1f]+))""", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant)]
    private static partial Regex FileName();
}

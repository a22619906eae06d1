using System.Buffers;
using System.Text;

namespace EdgeHost.SnapshotStore.Targets;

/// <summary>Percent-encoding as RFC 3986 §2.1 and §6.2.2 have it.</summary>
internal static class PercentEncoding
{
    private static readonly SearchValues<char> Unreserved = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~");

    /// <summary>Decodes the escape that <paramref name="text"/> starts with.</summary>
    public static bool TryDecode(ReadOnlySpan<char> text, out byte octet)
    {
        octet = 0;
        if (text.Length < 3 || !char.IsAsciiHexDigit(text[1]) || !char.IsAsciiHexDigit(text[2]))
        {
            return false;
        }

        octet = (byte)((Digit(text[1]) << 4) | Digit(text[2]));
        return true;
    }

    public static void AppendCanonical(StringBuilder text, byte octet)
    {
        if (Unreserved.Contains((char)octet))
        {
            text.Append((char)octet);
        }
        else
        {
            AppendEscaped(text, octet);
        }
    }

    public static void AppendEscaped(StringBuilder text, byte octet) => text.Append('%').Append(Hex(octet >> 4)).Append(Hex(octet & 15));

    /// <summary>Normalises the escapes in a part of a query. A stray <c>%</c>, which sites accept, becomes <c>%25</c>: left alone, it could make an escape with what is decoded after it.</summary>
    public static string Normalise(ReadOnlySpan<char> part)
    {
        if (!part.Contains('%'))
        {
            return part.ToString();
        }

        var text = new StringBuilder(part.Length);
        for (var i = 0; i < part.Length; i++)
        {
            if (part[i] != '%')
            {
                text.Append(part[i]);
            }
            else if (TryDecode(part[i..], out var octet))
            {
                AppendCanonical(text, octet);
                i += 2;
            }
            else
            {
                AppendEscaped(text, (byte)'%');
            }
        }

        return text.ToString();
    }

    public static bool IsVisibleAscii(ReadOnlySpan<char> text) => !text.ContainsAnyExceptInRange('!', '~');

    private static int Digit(char c) => c <= '9' ? c - '0' : (c | 0x20) - 'a' + 10;

    private static char Hex(int digit) => (char)(digit < 10 ? '0' + digit : 'A' + digit - 10);
}

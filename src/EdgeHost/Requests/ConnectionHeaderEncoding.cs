using System.Text;

namespace EdgeHost.Requests;

/// <summary>
/// Reads the values of <c>Connection</c> for Kestrel, so that the headers which it nominates can still be seen afterwards.
/// </summary>
/// <remarks>
/// Kestrel replaces <c>Connection: X-Secret, keep-alive</c> by its own <c>keep-alive</c>, as it does whenever exactly one of <c>keep-alive</c>, <c>close</c> and
/// <c>upgrade</c> is there; what else stood there is lost, and X-Secret, which RFC 9110 §7.6.1 says a proxy must remove, would be passed on.
/// A value that nominates anything else is therefore read with <c>close, keep-alive</c> behind it: two of the three, so it stays. The connection closes
/// after the answer, which a server may do at any time.
/// </remarks>
internal sealed class ConnectionHeaderEncoding : Encoding
{
    private const string Kept = ", close, keep-alive";

    public static readonly ConnectionHeaderEncoding Instance = new();

    public override int GetByteCount(char[] chars, int index, int count) => Latin1.GetByteCount(chars, index, count);

    public override int GetBytes(char[] chars, int charIndex, int charCount, byte[] bytes, int byteIndex) => Latin1.GetBytes(chars, charIndex, charCount, bytes, byteIndex);

    public override int GetCharCount(byte[] bytes, int index, int count) => count + (NominatesOthers(bytes.AsSpan(index, count)) ? Kept.Length : 0);

    public override int GetChars(byte[] bytes, int byteIndex, int byteCount, char[] chars, int charIndex)
    {
        var value = bytes.AsSpan(byteIndex, byteCount);
        var written = Latin1.GetChars(value, chars.AsSpan(charIndex));
        if (NominatesOthers(value))
        {
            Kept.CopyTo(0, chars, charIndex + written, Kept.Length);
            written += Kept.Length;
        }

        return written;
    }

    public override int GetMaxByteCount(int charCount) => charCount;

    public override int GetMaxCharCount(int byteCount) => byteCount + Kept.Length;

    private static bool NominatesOthers(ReadOnlySpan<byte> value)
    {
        foreach (var range in value.Split((byte)','))
        {
            var token = value[range].Trim(" \t"u8);
            if (!token.IsEmpty && !Ascii.EqualsIgnoreCase(token, "keep-alive"u8) && !Ascii.EqualsIgnoreCase(token, "close"u8) && !Ascii.EqualsIgnoreCase(token, "upgrade"u8))
            {
                return true;
            }
        }

        return false;
    }
}

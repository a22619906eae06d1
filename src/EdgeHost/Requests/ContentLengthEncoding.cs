using System.Text;

namespace EdgeHost.Requests;

/// <summary>
/// Reads <c>Content-Length</c> for Kestrel, which would take <c>+5</c> and <c>-0</c> for numbers. RFC 9110 §8.6 allows digits only, and a party before us may
/// have read such a value in another way. Anything else is made unreadable, and so refused.
/// </summary>
internal sealed class ContentLengthEncoding : Encoding
{
    public static readonly ContentLengthEncoding Instance = new();

    public override int GetByteCount(char[] chars, int index, int count) => Latin1.GetByteCount(chars, index, count);

    public override int GetBytes(char[] chars, int charIndex, int charCount, byte[] bytes, int byteIndex) => Latin1.GetBytes(chars, charIndex, charCount, bytes, byteIndex);

    public override int GetCharCount(byte[] bytes, int index, int count) => count;

    public override int GetChars(byte[] bytes, int byteIndex, int byteCount, char[] chars, int charIndex)
    {
        for (var i = 0; i < byteCount; i++)
        {
            chars[charIndex + i] = bytes[byteIndex + i] is >= (byte)'0' and <= (byte)'9' ? (char)bytes[byteIndex + i] : 'x';
        }

        return byteCount;
    }

    public override int GetMaxByteCount(int charCount) => charCount;

    public override int GetMaxCharCount(int byteCount) => byteCount;
}

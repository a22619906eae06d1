using System.Text;

namespace StaticExport.LinkExtraction;

/// <summary>Text from bytes: by its byte order mark, its declared charset, as UTF-8 where it is, and else as Latin-1, which loses nothing.</summary>
internal static class TextDecoding
{
    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    static TextDecoding() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    public static string Decode(byte[] content, string? charset)
    {
        switch (content)
        {
            case [0xef, 0xbb, 0xbf, ..]:
                return Encoding.UTF8.GetString(content.AsSpan(3));
            case [0xff, 0xfe, ..]:
                return Encoding.Unicode.GetString(content.AsSpan(2));
            case [0xfe, 0xff, ..]:
                return Encoding.BigEndianUnicode.GetString(content.AsSpan(2));
        }

        if (Named(charset) is { } encoding)
        {
            return encoding.GetString(content);
        }

        try
        {
            return StrictUtf8.GetString(content);
        }
        catch (DecoderFallbackException)
        {
            return Encoding.Latin1.GetString(content);
        }
    }

    public static Encoding? Named(string? charset)
    {
        try
        {
            return string.IsNullOrEmpty(charset) ? null : Encoding.GetEncoding(charset);
        }
        catch (ArgumentException)
        {
            return null;
        }
    }
}

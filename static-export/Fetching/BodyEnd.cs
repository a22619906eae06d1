using System.Text;
using System.Text.Json;
using StaticExport.LinkExtraction;

namespace StaticExport.Fetching;

/// <summary>What a body's last bytes say about whether it is whole.</summary>
internal enum BodyEnd
{
    /// <summary>It ends as its format ends.</summary>
    Whole,

    /// <summary>It does not.</summary>
    Cut,

    /// <summary>The format has no end of its own (CSS, JavaScript, text).</summary>
    Unknown,
}

internal static class BodyEnds
{
    private static ReadOnlySpan<byte> PngEnd => [0x49, 0x45, 0x4e, 0x44, 0xae, 0x42, 0x60, 0x82];

    /// <param name="contentType">The answer's type.</param>
    /// <param name="body">The whole body, or null when it is too long to look at.</param>
    public static BodyEnd Of(string? contentType, byte[]? body)
    {
        if (body is null)
        {
            return BodyEnd.Unknown;
        }

        var type = MediaType.Parse(contentType);
        return type.Name switch
        {
            "text/html" => EndsWithTag(body, "</html>"),
            "image/png" => body.AsSpan().EndsWith(PngEnd) ? BodyEnd.Whole : BodyEnd.Cut,
            "image/gif" => body is [.., 0x3b] ? BodyEnd.Whole : BodyEnd.Cut,
            "application/json" or "application/manifest+json" => IsJson(body) ? BodyEnd.Whole : BodyEnd.Cut,
            _ when type.IsXml => EndsWithTag(body, ">"),
            _ => BodyEnd.Unknown,
        };
    }

    // Platforms append comments ("<!-- rendered in 12 ms -->") and white space.
    private static BodyEnd EndsWithTag(byte[] body, string tag)
    {
        var tail = Encoding.Latin1.GetString(body.AsSpan(Math.Max(0, body.Length - 4096))).TrimEnd();
        while (tag != ">" && tail.EndsWith("-->", StringComparison.Ordinal) && tail.LastIndexOf("<!--", StringComparison.Ordinal) is var start and >= 0)
        {
            tail = tail[..start].TrimEnd();
        }

        return tail.EndsWith(tag, StringComparison.OrdinalIgnoreCase) ? BodyEnd.Whole : BodyEnd.Cut;
    }

    private static bool IsJson(byte[] body)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}

using System.Text.Json;
using EdgeHost.SnapshotStore.Bodies;
using StaticExport.LinkExtraction;

namespace StaticExport.Fetching;

/// <summary>Looks whether a body ends as its format does. Pure.</summary>
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
            "text/html" => Says(HtmlEnd.IsIn(body.AsSpan(Math.Max(0, body.Length - HtmlEnd.TailLength)))),
            "image/png" => Says(body.AsSpan().EndsWith(PngEnd)),
            "image/gif" => Says(body is [.., 0x3b]),
            "application/json" or "application/manifest+json" => Says(IsJson(body)),
            _ when type.IsXml => Says(body.AsSpan().TrimEnd(" \t\r\n"u8) is [.., (byte)'>']),
            _ => BodyEnd.Unknown,
        };
    }

    private static BodyEnd Says(bool whole) => whole ? BodyEnd.Whole : BodyEnd.Cut;

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

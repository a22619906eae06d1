using System.Collections.Frozen;

namespace StaticExport.Publishing;

/// <summary>Which content types shrink. Images, video, audio, archives and woff2 are compressed by themselves.</summary>
internal static class Compressibility
{
    private static readonly FrozenSet<string> Types = FrozenSet.Create(
        StringComparer.OrdinalIgnoreCase,
        "application/javascript",
        "application/x-javascript",
        "application/ecmascript",
        "application/json",
        "application/xml",
        "application/rtf",
        "application/wasm",
        "application/graphql",
        "application/vnd.ms-fontobject",
        "application/x-font-ttf",
        "application/x-font-otf",
        "application/x-font-truetype",
        "application/x-font-opentype",
        "font/ttf",
        "font/otf",
        "font/sfnt",
        "font/collection",
        "image/bmp",
        "image/vnd.microsoft.icon",
        "image/x-icon");

    /// <param name="contentType">As sent, with its parameters.</param>
    public static bool Of(string? contentType)
    {
        if (contentType is null)
        {
            return false;
        }

        var semicolon = contentType.IndexOf(';', StringComparison.Ordinal);
        var type = (semicolon < 0 ? contentType : contentType[..semicolon]).Trim();
        return type.StartsWith("text/", StringComparison.OrdinalIgnoreCase)
            // RFC 6839 structured suffixes: image/svg+xml, application/ld+json, application/manifest+json, application/rss+xml …
            || type.EndsWith("+xml", StringComparison.OrdinalIgnoreCase)
            || type.EndsWith("+json", StringComparison.OrdinalIgnoreCase)
            || Types.Contains(type);
    }
}

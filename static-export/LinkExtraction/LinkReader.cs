using System.IO.Compression;
using StaticExport.Urls;

namespace StaticExport.LinkExtraction;

/// <summary>Finds the links of an answer, by its type first and by what linked to it where the type says too little.</summary>
internal static class LinkReader
{
    /// <summary>Longer documents are recorded and not read for links.</summary>
    public const int LargestDocument = 32 * 1024 * 1024;

    private const int LargestUnpackedSitemap = 64 * 1024 * 1024;

    /// <param name="url">Where the document is.</param>
    /// <param name="role">What it was linked to as.</param>
    /// <param name="contentType">Its type.</param>
    /// <param name="content">Its bytes.</param>
    /// <param name="fault">What could not be read of it; null when all could.</param>
    public static IReadOnlyList<FoundLink> Read(WebUrl url, LinkRole role, string? contentType, byte[] content, out string? fault)
    {
        var links = new LinkCollector(url);
        var type = MediaType.Parse(contentType);
        fault = null;
        switch (type)
        {
            case { IsHtml: true }:
                fault = HtmlLinks.Collect(content, type.Charset, links);
                break;
            case { Name: "text/css" }:
                CssLinks.Collect(TextDecoding.Decode(content, type.Charset), links);
                break;
            case { Name: "application/manifest+json" }:
            case { IsJson: true } or { Name: "text/plain" or "" } when role == LinkRole.WebManifest:
                fault = WebManifestLinks.Collect(content, links);
                break;
            case { IsXml: true }:
                fault = XmlLinks.Collect(new MemoryStream(content, writable: false), links);
                break;
            default:
                fault = ReadUntyped(role, content, links);
                break;
        }

        return links.Links;
    }

    private static string? ReadUntyped(LinkRole role, byte[] content, LinkCollector links)
    {
        switch (role)
        {
            case LinkRole.Robots:
                TextLinks.CollectRobots(TextDecoding.Decode(content, null), links);
                return null;
            case LinkRole.Sitemap when content is [0x1f, 0x8b, ..]:
                return ReadPackedSitemap(content, links);
            case LinkRole.Sitemap when content.AsSpan().TrimStart((byte)' ') is [0xef or (byte)'<', ..]:
                return XmlLinks.Collect(new MemoryStream(content, writable: false), links);
            case LinkRole.Sitemap:
                TextLinks.CollectSitemap(TextDecoding.Decode(content, null), links);
                return null;
            case LinkRole.Stylesheet:
                CssLinks.Collect(TextDecoding.Decode(content, null), links);
                return null;
            default:
                return null;
        }
    }

    // sitemap.xml.gz is a file of its own and not a coding of the answer.
    private static string? ReadPackedSitemap(byte[] content, LinkCollector links)
    {
        using var unpacked = new MemoryStream();
        try
        {
            using var gzip = new GZipStream(new MemoryStream(content, writable: false), CompressionMode.Decompress);
            var buffer = new byte[81920];
            int count;
            while ((count = gzip.Read(buffer)) > 0)
            {
                unpacked.Write(buffer, 0, count);
                if (unpacked.Length > LargestUnpackedSitemap)
                {
                    return $"it unpacks to more than {LargestUnpackedSitemap} bytes";
                }
            }
        }
        catch (InvalidDataException e)
        {
            return e.Message;
        }

        unpacked.Position = 0;
        return XmlLinks.Collect(unpacked, links);
    }
}

using AngleSharp.Dom;

namespace StaticExport.LinkExtraction;

/// <summary>The links of a <c>meta</c> element: refresh, Open Graph, Twitter cards, tiles, microdata.</summary>
internal static class MetaLinks
{
    public static void Collect(IElement meta, LinkCollector links)
    {
        if (meta.GetAttribute("content") is not { } content)
        {
            return;
        }

        if (string.Equals(meta.GetAttribute("http-equiv"), "refresh", StringComparison.OrdinalIgnoreCase))
        {
            HeaderLinks.CollectRefresh(content, links);
        }
        else if (RoleOf(meta.GetAttribute("property") ?? meta.GetAttribute("name") ?? meta.GetAttribute("itemprop")) is { } role)
        {
            links.Add(content, role);
        }
    }

    private static LinkRole? RoleOf(string? name) => name?.Trim().ToLowerInvariant() switch
    {
        "og:image" or "og:image:url" or "og:image:secure_url" or "og:video" or "og:video:url" or "og:video:secure_url" or "og:audio" or "og:audio:url" or "og:audio:secure_url"
            or "twitter:image" or "twitter:image:src" or "twitter:player:stream"
            or "msapplication-tileimage" or "msapplication-square70x70logo" or "msapplication-square150x150logo" or "msapplication-wide310x150logo" or "msapplication-square310x310logo"
            or "msapplication-config" or "thumbnail" or "image" or "logo" or "thumbnailurl" or "contenturl" => LinkRole.Asset,
        "og:url" or "og:see_also" or "twitter:player" or "twitter:url" or "msapplication-starturl" or "embedurl" => LinkRole.Page,
        _ => null,
    };
}

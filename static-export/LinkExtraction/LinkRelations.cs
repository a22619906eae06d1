namespace StaticExport.LinkExtraction;

/// <summary>What a <c>rel</c> makes of a link.</summary>
internal static class LinkRelations
{
    /// <returns>Null for hints that name an origin and no resource.</returns>
    public static LinkRole? RoleOf(string? relations)
    {
        var role = LinkRole.Page;
        foreach (var relation in (relations ?? "").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
        {
            switch (relation.ToLowerInvariant())
            {
                case "dns-prefetch" or "preconnect":
                    return null;
                case "stylesheet":
                    return LinkRole.Stylesheet;
                case "manifest":
                    return LinkRole.WebManifest;
                case "sitemap":
                    return LinkRole.Sitemap;
                case "icon" or "apple-touch-icon" or "apple-touch-icon-precomposed" or "apple-touch-startup-image" or "mask-icon" or "fluid-icon" or "image_src"
                    or "preload" or "modulepreload":
                    role = LinkRole.Asset;
                    break;
            }
        }

        return role;
    }
}

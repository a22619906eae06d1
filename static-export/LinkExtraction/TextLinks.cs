namespace StaticExport.LinkExtraction;

/// <summary>The links of robots.txt (RFC 9309 leaves <c>Sitemap:</c> to https://www.sitemaps.org) and of sitemaps that are plain lists.</summary>
internal static class TextLinks
{
    public static void CollectRobots(string text, LinkCollector links)
    {
        foreach (var line in text.Split('\n', StringSplitOptions.TrimEntries))
        {
            if (line.StartsWith("sitemap:", StringComparison.OrdinalIgnoreCase))
            {
                links.Add(line["sitemap:".Length..].Split('#')[0].Trim(), LinkRole.Sitemap);
            }
        }
    }

    public static void CollectSitemap(string text, LinkCollector links)
    {
        foreach (var line in text.Split('\n', StringSplitOptions.TrimEntries))
        {
            if (line.StartsWith("http", StringComparison.OrdinalIgnoreCase))
            {
                links.Add(line, LinkRole.Page);
            }
        }
    }
}

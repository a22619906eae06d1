using StaticExport.LinkExtraction;

namespace StaticExport.Crawling;

/// <summary>Where a crawl starts.</summary>
/// <param name="Target">Path and query.</param>
/// <param name="Role">What it is.</param>
/// <param name="Why">Stands in the report as where it was found.</param>
internal sealed record Seed(string Target, LinkRole Role, string Why)
{
    /// <summary>What is asked for on every site, linked or not: browsers and search engines ask for it too.</summary>
    public static readonly IReadOnlyList<Seed> Usual =
    [
        new("/", LinkRole.Page, "(start)"),
        new("/robots.txt", LinkRole.Robots, "(usual)"),
        new("/sitemap.xml", LinkRole.Sitemap, "(usual)"),
        new("/favicon.ico", LinkRole.Asset, "(usual)"),
    ];
}

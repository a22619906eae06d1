using StaticExport.LinkExtraction;

namespace StaticExport.Crawling;

/// <summary>A URL of the site that is to be asked for.</summary>
/// <param name="Key">Its key in the manifest.</param>
/// <param name="Request">What the origin is asked for.</param>
/// <param name="Role">What the first link to it was for.</param>
/// <param name="Depth">Steps from a start page.</param>
/// <param name="FoundOn">Where the first link to it stood.</param>
internal sealed record CrawlItem(string Key, string Request, LinkRole Role, int Depth, string FoundOn)
{
    /// <summary>The one page that is asked for because it can't exist.</summary>
    public bool IsNotFoundProbe { get; init; }

    /// <summary>How many redirects led here without a page between.</summary>
    public int Redirects { get; init; }

    /// <summary>How many pages that don't exist led here in a row.</summary>
    public int GonePages { get; init; }
}

using AngleSharp.Dom;

namespace StaticExport.LinkExtraction;

/// <summary>How the lazy-loading scripts in use name what they will load. A wrong guess costs a request.</summary>
internal static class LazyAttributes
{
    private static readonly string[] Sources =
    [
        "data-src", "data-lazy-src", "data-lazy", "data-original", "data-orig-file", "data-large-file", "data-large_image", "data-full", "data-thumb", "data-thumbnail",
        "data-bg", "data-background", "data-background-image", "data-bg-image", "data-image", "data-image-src", "data-poster", "data-zoom-image", "data-hi-res-src", "data-retina",
    ];

    private static readonly string[] SourceSets = ["data-srcset", "data-lazy-srcset", "data-original-set", "data-bgset", "data-bg-set"];

    public static void Collect(IElement element, LinkCollector links)
    {
        foreach (var name in Sources)
        {
            AddSource(element.GetAttribute(name), links);
        }

        foreach (var name in SourceSets)
        {
            SourceSet.Collect(element.GetAttribute(name), links);
        }
    }

    // data-full="true" and data-background="#fff" are no URLs.
    private static void AddSource(string? value, LinkCollector links)
    {
        if (value is null)
        {
            return;
        }

        if (value.Contains("url(", StringComparison.OrdinalIgnoreCase))
        {
            CssLinks.Collect(value, links);
        }
        else if (value.AsSpan().Trim() is var text && !text.Contains(' ') && !text.StartsWith("{") && (text.Contains('/') || text.Contains('.')))
        {
            links.Add(value, LinkRole.Asset);
        }
    }
}

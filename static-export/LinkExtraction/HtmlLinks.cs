using AngleSharp.Dom;
using AngleSharp.Html.Dom;

namespace StaticExport.LinkExtraction;

/// <summary>The links of an HTML document. Forms are not submitted, so <c>action</c> is none; scripts are not run.</summary>
internal static class HtmlLinks
{
    private const int DeepestNesting = 3;

    private static readonly string[] SvgPaint = ["fill", "stroke", "filter", "mask", "clip-path", "marker-start", "marker-mid", "marker-end", "cursor"];

    /// <param name="content">The document's bytes.</param>
    /// <param name="charset">What its Content-Type says; null when it says nothing.</param>
    /// <param name="links">Where the links go.</param>
    /// <returns>What is wrong with the document; null when all its links were found.</returns>
    public static string? Collect(byte[] content, string? charset, LinkCollector links)
    {
        try
        {
            CollectAll(content, charset, links);
            return null;
        }
        catch (TimeoutException e)
        {
            return e.Message;
        }
    }

    private static void CollectAll(byte[] content, string? charset, LinkCollector links)
    {
        using var document = HtmlParsing.Parse(content, charset);
        links.QueryEncoding = TextDecoding.Named(charset ?? document.CharacterSet) is { } own && !own.WebName.StartsWith("utf-", StringComparison.Ordinal) ? own : null;
        Collect(document, links, nesting: 0);
    }

    /// <summary>HTML inside something else: a feed's entry, an iframe's <c>srcdoc</c>.</summary>
    public static void CollectInner(string html, LinkCollector links, int nesting)
    {
        if (nesting < DeepestNesting)
        {
            using var document = HtmlParsing.Parse(html);
            Collect(document, links, nesting);
        }
    }

    private static void Collect(IHtmlDocument document, LinkCollector links, int nesting)
    {
        if (document.QuerySelector("base[href]")?.GetAttribute("href") is { } href)
        {
            links.Rebase(href);
        }

        Collect(document.All, links, nesting);
    }

    private static void Collect(IEnumerable<IElement> elements, LinkCollector links, int nesting)
    {
        foreach (var element in elements)
        {
            Collect(element, links, nesting);
            CollectCommon(element, links);
            if (element is IHtmlTemplateElement template)
            {
                Collect(template.Content.QuerySelectorAll("*"), links, nesting);
            }
        }
    }

    private static void Collect(IElement element, LinkCollector links, int nesting)
    {
        switch (element.LocalName)
        {
            case "a" or "area":
                links.Add(element.GetAttribute("href"), LinkRole.Page);
                break;
            case "link":
                if (LinkRelations.RoleOf(element.GetAttribute("rel")) is { } role)
                {
                    links.Add(element.GetAttribute("href"), role);
                }

                SourceSet.Collect(element.GetAttribute("imagesrcset"), links);
                break;
            case "meta":
                MetaLinks.Collect(element, links);
                break;
            case "style":
                CssLinks.Collect(element.TextContent, links);
                break;
            case "iframe" or "frame":
                links.Add(element.GetAttribute("src"), LinkRole.Asset);
                if (element.GetAttribute("srcdoc") is { } inner)
                {
                    CollectInner(inner, links, nesting + 1);
                }

                break;
            case "noscript" when element.TextContent is var text && text.Contains('<', StringComparison.Ordinal):
                CollectInner(text, links, nesting + 1);
                break;
            case "object":
                links.Add(element.GetAttribute("data"), LinkRole.Asset);
                break;
            case "input" when !string.Equals(element.GetAttribute("type"), "image", StringComparison.OrdinalIgnoreCase):
                break;
            case "blockquote" or "q" or "ins" or "del":
                links.Add(element.GetAttribute("cite"), LinkRole.Page);
                break;
            default:
                // img, source, script, video, audio, track, embed, input[type=image], and whatever comes next.
                links.Add(element.GetAttribute("src"), LinkRole.Asset);
                SourceSet.Collect(element.GetAttribute("srcset"), links);
                links.Add(element.GetAttribute("poster"), LinkRole.Asset);
                CollectSvg(element, links);
                break;
        }
    }

    private static void CollectSvg(IElement element, LinkCollector links)
    {
        if (element.NamespaceUri != "http://www.w3.org/2000/svg")
        {
            return;
        }

        links.Add(element.GetAttribute("href") ?? element.GetAttribute("http://www.w3.org/1999/xlink", "href") ?? element.GetAttribute("xlink:href"), LinkRole.Asset);
        foreach (var name in SvgPaint)
        {
            if (element.GetAttribute(name) is { } paint)
            {
                CssLinks.Collect(paint, links);
            }
        }
    }

    private static void CollectCommon(IElement element, LinkCollector links)
    {
        if (element.GetAttribute("style") is { } style)
        {
            CssLinks.Collect(style, links);
        }

        links.Add(element.GetAttribute("background"), LinkRole.Asset);
        links.Add(element.GetAttribute("longdesc"), LinkRole.Page);
        LazyAttributes.Collect(element, links);
    }
}

using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;

namespace StaticExport.LinkExtraction;

/// <summary>The links of an HTML document. Forms are not submitted, so <c>action</c> is none; scripts are not run.</summary>
internal static class HtmlLinks
{
    private const int DeepestNesting = 3;

    // The parser's time grows with the square of how deep elements are nested: a megabyte of <div> would take hours.
    private static readonly TimeSpan LongestParsing = TimeSpan.FromSeconds(10);

    // How the lazy-loading scripts in use name what they will load. A wrong guess costs a request.
    private static readonly string[] LazySources =
    [
        "data-src", "data-lazy-src", "data-lazy", "data-original", "data-orig-file", "data-large-file", "data-large_image", "data-full", "data-thumb", "data-thumbnail",
        "data-bg", "data-background", "data-background-image", "data-bg-image", "data-image", "data-image-src", "data-poster", "data-zoom-image", "data-hi-res-src", "data-retina",
    ];

    private static readonly string[] LazySourceSets = ["data-srcset", "data-lazy-srcset", "data-original-set", "data-bgset", "data-bg-set"];

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
        using var document = Parse(content, charset);
        links.QueryEncoding = TextDecoding.Named(charset ?? document.CharacterSet) is { } own && !own.WebName.StartsWith("utf-", StringComparison.Ordinal) ? own : null;
        Collect(document, links, nesting: 0);
    }

    /// <summary>HTML inside something else: a feed's entry, an iframe's <c>srcdoc</c>.</summary>
    public static void CollectInner(string html, LinkCollector links, int nesting)
    {
        if (nesting < DeepestNesting)
        {
            using var document = Parser().ParseDocument(html);
            Collect(document, links, nesting);
        }
    }

    /// <summary>The parsed document.</summary>
    /// <exception cref="TimeoutException">It is nested too deep.</exception>
    public static IHtmlDocument Parse(byte[] content, string? charset)
    {
        var parser = Parser();
        // A charset of the header comes before the document's own meta element, which AngleSharp looks for in a stream.
        return TextDecoding.Named(charset) is { } encoding && content is not ([0xef, 0xbb, 0xbf, ..] or [0xff, 0xfe, ..] or [0xfe, 0xff, ..])
            ? parser.ParseDocument(encoding.GetString(content))
            : parser.ParseDocument(new MemoryStream(content, writable: false));
    }

    private static HtmlParser Parser()
    {
        var began = TimeProvider.System.GetTimestamp();
        return new HtmlParser(new HtmlParserOptions
        {
            OnCreated = (_, _) =>
            {
                if (TimeProvider.System.GetElapsedTime(began) > LongestParsing)
                {
                    throw new TimeoutException($"parsing it takes longer than {LongestParsing.TotalSeconds:0} s: its elements are nested too deep");
                }
            },
        });
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

                AddSet(element.GetAttribute("imagesrcset"), links);
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
                AddSet(element.GetAttribute("srcset"), links);
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
        foreach (var name in LazySources)
        {
            AddLazy(element.GetAttribute(name), links);
        }

        foreach (var name in LazySourceSets)
        {
            AddSet(element.GetAttribute(name), links);
        }
    }

    private static void AddSet(string? set, LinkCollector links)
    {
        foreach (var url in set is null ? [] : SourceSet.Urls(set))
        {
            links.Add(url, LinkRole.Asset);
        }
    }

    // data-full="true" and data-background="#fff" are no URLs.
    private static void AddLazy(string? value, LinkCollector links)
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

using System.Xml;

namespace StaticExport.LinkExtraction;

/// <summary>The links of sitemaps and their indexes, RSS, Atom, SVG, OpenSearch and browserconfig documents. They share so little that one pass over all their elements finds them.</summary>
internal static class XmlLinks
{
    private const string Xlink = "http://www.w3.org/1999/xlink";

    private static readonly XmlReaderSettings Settings = new()
    {
        // Neither entities nor anything else is fetched or expanded.
        DtdProcessing = DtdProcessing.Ignore,
        XmlResolver = null,
        MaxCharactersFromEntities = 1024,
        CloseInput = true,
    };

    /// <returns>What is wrong with the document; the links before that place are collected.</returns>
    public static string? Collect(Stream content, LinkCollector links)
    {
        try
        {
            using var reader = XmlReader.Create(content, Settings);
            var element = new Stack<(string Name, string? Kind)>();
            while (reader.Read())
            {
                switch (reader.NodeType)
                {
                    case XmlNodeType.Element:
                        OnElement(reader, links);
                        if (!reader.IsEmptyElement)
                        {
                            element.Push((reader.LocalName, KindOf(reader)));
                        }

                        break;
                    case XmlNodeType.EndElement:
                        element.TryPop(out _);
                        break;
                    case XmlNodeType.Text or XmlNodeType.CDATA when element.TryPeek(out var parent):
                        OnText(parent.Name, parent.Kind, element.Count > 1 ? element.ElementAt(1).Name : "", reader.Value, links);
                        break;
                    case XmlNodeType.ProcessingInstruction when reader.Name == "xml-stylesheet":
                        CollectStylesheet(reader.Value, links);
                        break;
                }
            }

            return null;
        }
        catch (Exception e) when (e is XmlException or TimeoutException)
        {
            return e.Message;
        }
    }

    private static string? KindOf(XmlReader reader) => reader.LocalName == "guid" ? reader.GetAttribute("isPermaLink") : reader.GetAttribute("type");

    private static void OnElement(XmlReader reader, LinkCollector links)
    {
        var isSvg = reader.NamespaceURI == "http://www.w3.org/2000/svg";
        var href = reader.GetAttribute("href") ?? reader.GetAttribute("href", Xlink);
        switch (reader.LocalName)
        {
            // Atom: <link rel="enclosure" href="…"/>; a sitemap's <xhtml:link rel="alternate" hreflang="de" href="…"/>.
            case "link" when reader.GetAttribute("rel") is "enclosure":
                links.Add(href, LinkRole.Asset);
                break;
            case "link":
                if (LinkRelations.RoleOf(reader.GetAttribute("rel")) is { } role)
                {
                    links.Add(href, role);
                }

                break;
            case "a":
                links.Add(href, LinkRole.Page);
                break;
            case "enclosure" or "thumbnail":
                links.Add(reader.GetAttribute("url"), LinkRole.Asset);
                break;
            case "content":
                links.Add(reader.GetAttribute("url"), LinkRole.Asset);
                links.Add(reader.GetAttribute("src"), LinkRole.Page);
                break;
            // browserconfig.xml: <square150x150logo src="…"/>.
            case var name when name.EndsWith("logo", StringComparison.Ordinal) || name == "TileImage":
                links.Add(reader.GetAttribute("src"), LinkRole.Asset);
                break;
            default:
                if (isSvg)
                {
                    links.Add(href, LinkRole.Asset);
                }

                break;
        }

        if (isSvg && reader.GetAttribute("style") is { } style)
        {
            CssLinks.Collect(style, links);
        }
    }

    private static void OnText(string name, string? kind, string parent, string text, LinkCollector links)
    {
        switch (name)
        {
            // <sitemap><loc>, <url><loc>, <image:image><image:loc>.
            case "loc" when parent == "sitemap":
                links.Add(text.Trim(), LinkRole.Sitemap);
                break;
            case "loc" when parent == "image":
            case "content_loc" or "thumbnail_loc" or "player_loc":
            case "url" when parent == "image":
            case "icon" or "logo":
            case "Image":
                links.Add(text.Trim(), LinkRole.Asset);
                break;
            case "loc" or "link" or "comments":
            case "guid" when kind != "false" && text.StartsWith("http", StringComparison.OrdinalIgnoreCase):
                links.Add(text.Trim(), LinkRole.Page);
                break;
            // RSS: <description>, <content:encoded>; Atom: <content type="html">, <summary type="html">.
            case "description" or "encoded":
            case "content" or "summary" when kind is "html":
                HtmlLinks.CollectInner(text, links, nesting: 1);
                break;
            case "style":
                CssLinks.Collect(text, links);
                break;
        }
    }

    // <?xml-stylesheet href="/feed.xsl" type="text/xsl"?>
    private static void CollectStylesheet(string value, LinkCollector links)
    {
        var at = value.IndexOf("href=", StringComparison.Ordinal);
        if (at >= 0 && value[(at + 5)..] is ['"' or '\'', ..] quoted && quoted.IndexOf(quoted[0], 1) is var end and > 0)
        {
            links.Add(quoted[1..end], LinkRole.Stylesheet);
        }
    }
}

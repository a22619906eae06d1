using System.Text;
using StaticExport.Urls;

namespace StaticExport.LinkExtraction;

/// <summary>Resolves the links of one document against its base, and keeps each once.</summary>
internal sealed class LinkCollector(WebUrl document)
{
    private readonly List<FoundLink> links = [];
    private readonly HashSet<(string, LinkRole)> seen = [];

    public IReadOnlyList<FoundLink> Links => links;

    public WebUrl Base { get; private set; } = document;

    /// <summary>The document's encoding, in which browsers write the queries of its links; null for UTF-8.</summary>
    public Encoding? QueryEncoding { get; set; }

    /// <summary>Takes over a <c>base</c> element's href.</summary>
    public void Rebase(string href)
    {
        if (WebUrlParser.Resolve(href, Base, null, out var url) == LinkForm.Web)
        {
            Base = url!;
        }
    }

    public void Add(string? text, LinkRole role)
    {
        // "#top" is the document itself, and so is an empty link, where it is one.
        if (string.IsNullOrWhiteSpace(text) || text[0] == '#')
        {
            return;
        }

        var form = WebUrlParser.Resolve(text, Base, QueryEncoding, out var url);
        if (form != LinkForm.OtherScheme && seen.Add((url?.ToString() ?? text, role)))
        {
            links.Add(new FoundLink(text, form, url, role));
        }
    }
}

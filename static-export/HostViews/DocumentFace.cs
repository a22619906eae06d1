using StaticExport.Capturing;
using StaticExport.LinkExtraction;
using StaticExport.Scoping;
using StaticExport.Volatility;

namespace StaticExport.HostViews;

/// <summary>
/// By what a document is known for another one: its title, its language, its first heading. Whole documents can't be compared:
/// tokens, times and absolute links differ between two readings of the same page.
/// </summary>
internal sealed record DocumentFace(string Title, string Language, string Heading)
{
    /// <summary>Null for what is not an HTML document that can be read.</summary>
    public static async Task<DocumentFace?> OfAsync(string? contentType, SpooledBody? body, CancellationToken cancellationToken) =>
        body is { Length: <= LinkReader.LargestDocument } && MediaType.Parse(contentType).IsHtml
            ? Of(contentType, await File.ReadAllBytesAsync(body.File, cancellationToken))
            : null;

    public static DocumentFace? Of(string? contentType, byte[] content)
    {
        try
        {
            using var document = HtmlParsing.Parse(content, MediaType.Parse(contentType).Charset);
            return new DocumentFace(
                document.Title ?? "",
                document.DocumentElement.GetAttribute("lang")?.Trim().ToLowerInvariant() ?? "",
                Words(document.QuerySelector("h1")?.TextContent ?? ""));
        }
        catch (TimeoutException)
        {
            return null;
        }
    }

    /// <summary>In what another view's document differs; null when it is the same.</summary>
    /// <param name="other">The other view's.</param>
    /// <param name="control">This view's, asked for once more: what differs there differs by itself.</param>
    /// <param name="views">The two views; a page may name the host that it was asked on.</param>
    /// <param name="volatileParts">What is not a difference.</param>
    public string? DifferenceTo(DocumentFace other, DocumentFace control, IReadOnlyList<SiteView> views, VolatilePatterns volatileParts)
    {
        return Differs(face => face.Language) ? "language" : Differs(face => face.Title) ? "title" : Differs(face => face.Heading) ? "first heading" : null;

        bool Differs(Func<DocumentFace, string> part) => !AreEqual(part(this), part(other)) && AreEqual(part(this), part(control));

        bool AreEqual(string one, string two) => volatileParts.AreEqual(Neutral(one, views), Neutral(two, views));
    }

    // The longer name first: "nova.example" stands in "www.nova.example" too.
    private static string Neutral(string text, IEnumerable<SiteView> views) => views
        .SelectMany(view => new[] { view.ToString(), view.Authority.ToString(), view.Authority.Host.ToString() })
        .OrderByDescending(name => name.Length)
        .Aggregate(text, (rest, name) => rest.Replace(name, "\u0001", StringComparison.OrdinalIgnoreCase));

    private static string Words(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}

using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;

namespace StaticExport.LinkExtraction;

/// <summary>HTML as browsers understand it, in bounded time.</summary>
internal static class HtmlParsing
{
    // The parser's time grows with the square of how deep elements are nested: a megabyte of <div> would take hours.
    private static readonly TimeSpan LongestParsing = TimeSpan.FromSeconds(10);

    /// <param name="content">The document's bytes.</param>
    /// <param name="charset">What its Content-Type says; null when it says nothing.</param>
    /// <exception cref="TimeoutException">It is nested too deep.</exception>
    public static IHtmlDocument Parse(byte[] content, string? charset)
    {
        var parser = Parser();
        // A charset of the header comes before the document's own meta element, which AngleSharp looks for in a stream.
        return TextDecoding.Named(charset) is { } encoding && content is not ([0xef, 0xbb, 0xbf, ..] or [0xff, 0xfe, ..] or [0xfe, 0xff, ..])
            ? parser.ParseDocument(encoding.GetString(content))
            : parser.ParseDocument(new MemoryStream(content, writable: false));
    }

    /// <exception cref="TimeoutException">It is nested too deep.</exception>
    public static IHtmlDocument Parse(string html) => Parser().ParseDocument(html);

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
}

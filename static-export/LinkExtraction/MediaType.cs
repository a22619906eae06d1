using System.Net.Http.Headers;

namespace StaticExport.LinkExtraction;

/// <summary>A <c>Content-Type</c>: its name in lower case, and its charset.</summary>
internal readonly record struct MediaType(string Name, string? Charset)
{
    public bool IsHtml => Name is "text/html" or "application/xhtml+xml";

    public bool IsXml => Name is "text/xml" or "application/xml" || Name.EndsWith("+xml", StringComparison.Ordinal);

    public bool IsJson => Name is "application/json" || Name.EndsWith("+json", StringComparison.Ordinal);

    public bool IsText => IsXml || IsJson || Name.StartsWith("text/", StringComparison.Ordinal) || Name is "application/javascript" or "application/x-javascript";

    public static MediaType Parse(string? contentType)
    {
        if (MediaTypeHeaderValue.TryParse(contentType, out var parsed))
        {
            return new MediaType(parsed.MediaType!.ToLowerInvariant(), parsed.CharSet?.Trim('"', '\''));
        }

        // "text/html;" and worse: take what stands before the parameters.
        return new MediaType((contentType ?? "").Split(';')[0].Trim().ToLowerInvariant(), null);
    }
}

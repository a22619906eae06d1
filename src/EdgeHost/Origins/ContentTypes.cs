namespace EdgeHost.Origins;

/// <summary>
/// What an answer says that it is. Read without <see cref="System.Net.Http.Headers.HttpContentHeaders"/>' typed properties, as these put what they have parsed in the place of what came,
/// and visitors get the header as it came.
/// </summary>
internal static class ContentTypes
{
    public const string EventStream = "text/event-stream";

    public static bool IsHtml(HttpContent content) => Is(content, "text/html") || Is(content, "application/xhtml+xml");

    /// <param name="content">The answer's content.</param>
    /// <param name="mediaType">A media type without parameters, in any case (RFC 9110 §8.3.1).</param>
    public static bool Is(HttpContent content, string mediaType)
    {
        if (!content.Headers.NonValidated.TryGetValues("Content-Type", out var values))
        {
            return false;
        }

        var value = values.ToString().AsSpan();
        var end = value.IndexOf(';');
        return (end < 0 ? value : value[..end]).Trim().Equals(mediaType, StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>The content coding as it came; null where there is none.</summary>
    public static string? CodingOf(HttpContent content) => content.Headers.NonValidated.TryGetValues("Content-Encoding", out var codings) ? codings.ToString() : null;
}

namespace StaticExport.LinkExtraction;

/// <summary>The links of <c>Link</c> (RFC 8288) and <c>Refresh</c> headers, and of the same in meta elements.</summary>
internal static class HeaderLinks
{
    /// <param name="header"><c>&lt;/style.css&gt;; rel=preload; as=style, &lt;/feed&gt;; rel="alternate"</c></param>
    /// <param name="links">Where the links go.</param>
    public static void CollectLink(string header, LinkCollector links)
    {
        for (var at = header.IndexOf('<', StringComparison.Ordinal); at >= 0;)
        {
            var end = header.IndexOf('>', at);
            if (end < 0)
            {
                return;
            }

            var next = header.IndexOf('<', end);
            var parameters = header[(end + 1)..(next < 0 ? header.Length : next)];
            if (LinkRelations.RoleOf(RelationOf(parameters)) is { } role)
            {
                links.Add(header[(at + 1)..end], role);
            }

            at = next;
        }
    }

    /// <param name="content"><c>5; url='/next'</c></param>
    /// <param name="links">Where the links go.</param>
    public static void CollectRefresh(string content, LinkCollector links)
    {
        var at = content.AsSpan().IndexOfAny(';', ',');
        if (at < 0)
        {
            return;
        }

        var rest = content[(at + 1)..].Trim();
        if (rest.StartsWith("url", StringComparison.OrdinalIgnoreCase) && rest[3..].TrimStart() is ['=', .. var value])
        {
            rest = value.Trim();
        }

        if (rest is ['"' or '\'', ..])
        {
            var close = rest.IndexOf(rest[0], 1);
            rest = close < 0 ? rest[1..] : rest[1..close];
        }

        links.Add(rest, LinkRole.Page);
    }

    private static string RelationOf(string parameters)
    {
        foreach (var parameter in parameters.Split(';', StringSplitOptions.TrimEntries))
        {
            if (parameter.StartsWith("rel", StringComparison.OrdinalIgnoreCase) && parameter.IndexOf('=', StringComparison.Ordinal) is var equals and > 0)
            {
                return parameter[(equals + 1)..].Trim(' ', '"', '\'', ',');
            }
        }

        return "";
    }
}

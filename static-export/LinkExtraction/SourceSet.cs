namespace StaticExport.LinkExtraction;

/// <summary>The URLs of a <c>srcset</c> (https://html.spec.whatwg.org/#parse-a-srcset-attribute): <c>a.jpg 1x, b,c.jpg 2x</c> holds <c>a.jpg</c> and <c>b,c.jpg</c>.</summary>
/// <remarks>AngleSharp's own <c>SourceSet.Parse</c> takes a comma after a space for a part of the next URL, and a second descriptor (<c>480w 320h</c>) for a URL.</remarks>
internal static class SourceSet
{
    public static void Collect(string? set, LinkCollector links)
    {
        foreach (var url in set is null ? [] : Urls(set))
        {
            links.Add(url, LinkRole.Asset);
        }
    }

    private static IEnumerable<string> Urls(string text)
    {
        var at = 0;
        while (true)
        {
            while (at < text.Length && (char.IsWhiteSpace(text[at]) || text[at] == ','))
            {
                at++;
            }

            if (at >= text.Length)
            {
                yield break;
            }

            var start = at;
            while (at < text.Length && !char.IsWhiteSpace(text[at]))
            {
                at++;
            }

            var url = text[start..at];
            if (url.EndsWith(','))
            {
                yield return url.TrimEnd(',');
                continue;
            }

            yield return url;
            at = SkipDescriptors(text, at);
        }
    }

    private static int SkipDescriptors(string text, int at)
    {
        for (var depth = 0; at < text.Length; at++)
        {
            switch (text[at])
            {
                case '(':
                    depth++;
                    break;
                case ')':
                    depth--;
                    break;
                case ',' when depth <= 0:
                    return at + 1;
            }
        }

        return at;
    }
}

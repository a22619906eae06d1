namespace EdgeHost.Requests;

/// <summary>Whether a request is for a page as browsers show it, so that its answer may be held against the snapshot's copy.</summary>
internal static class PageRequest
{
    // Scripts that ask for a part of a page, or for its data at the page's own address, say so.
    private static readonly string[] OfScripts = ["X-Requested-With", "HX-Request", "X-Inertia", "Turbo-Frame", "X-PJAX", "Range"];

    /// <summary>Whether it asks for a part of a page, which has no end of its own.</summary>
    public static bool IsPart(IHeaderDictionary headers)
    {
        foreach (var name in OfScripts)
        {
            if (headers.ContainsKey(name))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether it asks for a page as browsers show it.</summary>
    public static bool IsWhole(IHeaderDictionary headers)
    {
        // Fetch Metadata Request Headers, W3C, section 2.1: a navigation's is "document", a fetch's "empty". Older browsers and tools send none.
        string? destination = headers["Sec-Fetch-Dest"];
        string? accept = headers.Accept;
        return !IsPart(headers)
            && destination is (null or "document" or "iframe")
            && (accept is null || accept.Contains("text/html", StringComparison.OrdinalIgnoreCase) || accept.Contains("*/*", StringComparison.Ordinal));
    }
}

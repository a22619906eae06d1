using EdgeHost.SnapshotStore.Manifests;
using StaticExport.LinkExtraction;

namespace StaticExport.Crawling;

/// <summary>Documents are what visitors go to, assets what documents load. The type says it for most; for the others, whether any link leads there.</summary>
internal static class EntryKinds
{
    public static EntryKind Of(int status, string? contentType, bool isLinkedAsPage)
    {
        var type = MediaType.Parse(contentType);
        return type.Name switch
        {
            _ when status is < 200 or >= 300 => Linked(isLinkedAsPage),
            "text/css" or "text/javascript" or "application/javascript" or "application/x-javascript" or "application/wasm" or "application/manifest+json" => EntryKind.Asset,
            _ when StartsWithAny(type.Name, "image/", "font/", "audio/", "video/") => EntryKind.Asset,
            _ when type.IsHtml || type.IsXml || type.Name is "text/plain" or "application/pdf" => EntryKind.Document,
            _ => Linked(isLinkedAsPage),
        };
    }

    private static EntryKind Linked(bool asPage) => asPage ? EntryKind.Document : EntryKind.Asset;

    private static bool StartsWithAny(string name, params ReadOnlySpan<string> prefixes)
    {
        foreach (var prefix in prefixes)
        {
            if (name.StartsWith(prefix, StringComparison.Ordinal))
            {
                return true;
            }
        }

        return false;
    }
}

using System.Text.Json;

namespace StaticExport.LinkExtraction;

/// <summary>The links of a web app manifest (https://www.w3.org/TR/appmanifest/): icons, screenshots, shortcuts and the start page.</summary>
internal static class WebManifestLinks
{
    /// <returns>What is wrong with the document.</returns>
    public static string? Collect(byte[] content, LinkCollector links)
    {
        try
        {
            using var document = JsonDocument.Parse(content, new JsonDocumentOptions { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip });
            Collect(document.RootElement, links);
            return null;
        }
        catch (JsonException e)
        {
            return e.Message;
        }
    }

    private static void Collect(JsonElement element, LinkCollector links)
    {
        if (element.ValueKind == JsonValueKind.Array)
        {
            foreach (var item in element.EnumerateArray())
            {
                Collect(item, links);
            }
        }

        if (element.ValueKind != JsonValueKind.Object)
        {
            return;
        }

        foreach (var property in element.EnumerateObject())
        {
            switch (property.Name)
            {
                case "src" when property.Value.ValueKind == JsonValueKind.String:
                    links.Add(property.Value.GetString(), LinkRole.Asset);
                    break;
                case "start_url" or "url" when property.Value.ValueKind == JsonValueKind.String:
                    links.Add(property.Value.GetString(), LinkRole.Page);
                    break;
                case "icons" or "screenshots" or "shortcuts":
                    Collect(property.Value, links);
                    break;
            }
        }
    }
}

namespace StaticExport.LinkExtraction;

/// <summary>What a link is for.</summary>
internal enum LinkRole
{
    /// <summary>Somewhere to go: counts as a step, and include patterns choose among these.</summary>
    Page,

    /// <summary>Something that the linking page is made of.</summary>
    Asset,

    Stylesheet,

    WebManifest,

    Sitemap,

    Robots,
}

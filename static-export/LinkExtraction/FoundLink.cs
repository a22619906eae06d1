using StaticExport.Urls;

namespace StaticExport.LinkExtraction;

/// <summary>A link as it stands in a document.</summary>
/// <param name="Text">As it was written.</param>
/// <param name="Form">What kind of URL it is.</param>
/// <param name="Url">The URL, when it is one of the web's.</param>
/// <param name="Role">What it is for.</param>
internal sealed record FoundLink(string Text, LinkForm Form, WebUrl? Url, LinkRole Role);

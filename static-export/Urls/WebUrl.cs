using System.Globalization;

namespace StaticExport.Urls;

/// <summary>An http or https URL as a browser would request it: without fragment and credentials.</summary>
/// <param name="Scheme"><c>http</c> or <c>https</c>.</param>
/// <param name="Host">Lower case, in punycode.</param>
/// <param name="Port">The scheme's own when the URL names none.</param>
/// <param name="Path">Starts with <c>/</c>; dot segments are resolved.</param>
/// <param name="Query">What follows the <c>?</c>; null without one.</param>
internal sealed record WebUrl(string Scheme, string Host, int Port, string Path, string? Query)
{
    public string Authority => Port == DefaultPort(Scheme) ? Host : string.Create(CultureInfo.InvariantCulture, $"{Host}:{Port}");

    /// <summary>What a browser puts into its request line.</summary>
    public string Target => Query is null ? Path : $"{Path}?{Query}";

    public static int DefaultPort(string scheme) => scheme == "https" ? 443 : 80;

    public override string ToString() => $"{Scheme}://{Authority}{Target}";
}

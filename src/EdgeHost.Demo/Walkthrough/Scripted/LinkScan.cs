using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using EdgeHost.Demo.Walkthrough.Visiting;

namespace EdgeHost.Demo.Walkthrough.Scripted;

/// <summary>Finds the links in what the demonstration's own platform writes. It is no crawler for websites at large.</summary>
internal static partial class LinkScan
{
    /// <summary>Path and query of every link that stays on the site.</summary>
    public static IEnumerable<string> Find(Answer answer, Uri page)
    {
        var text = answer.MediaType is "text/html" or "text/css" or "application/xml" or "application/atom+xml" or "application/manifest+json"
            ? Encoding.UTF8.GetString(answer.Body)
            : "";

        IEnumerable<string> links = answer.MediaType switch
        {
            "text/css" => Captures(CssLink(), text),
            "application/manifest+json" => Captures(ManifestSource(), text),
            "application/xml" => Captures(SitemapLocation(), text),
            _ => [.. Captures(Attribute(), text), .. Captures(SourceSet(), text).SelectMany(Candidates)],
        };

        return links
            .Select(link => Uri.TryCreate(page, WebUtility.HtmlDecode(link), out var url) ? url : null)
            .OfType<Uri>()
            .Where(url => url.Scheme == page.Scheme && url.Authority == page.Authority)
            .Select(url => url.PathAndQuery);
    }

    private static IEnumerable<string> Captures(Regex pattern, string text) =>
        pattern.Matches(text).Select(match => match.Groups["link"].Value);

    private static IEnumerable<string> Candidates(string sourceSet) =>
        sourceSet.Split(',', StringSplitOptions.TrimEntries).Select(candidate => candidate.Split(' ')[0]);

    // <a href="/talents"> <img src="/a.jpg"> <meta property="og:image" content="http://…">
    [GeneratedRegex(" (?:href|src)=\"(?<link>[^\"]*)\"| content=\"(?<link>http[^\"]*)\"")]
    private static partial Regex Attribute();

    // srcset="/a-320.webp 320w, /a-640.webp 640w"
    [GeneratedRegex(" srcset=\"(?<link>[^\"]*)\"")]
    private static partial Regex SourceSet();

    // @import "a.css"; background: url("b.svg")
    [GeneratedRegex("(?:url\\(|@import )\"(?<link>[^\"]*)\"")]
    private static partial Regex CssLink();

    // {"icons":[{"src":"/icons/192.png"}]}
    [GeneratedRegex("\"src\":\"(?<link>[^\"]*)\"")]
    private static partial Regex ManifestSource();

    // <loc>http://nova.localhost:8080/talents</loc>
    [GeneratedRegex("<loc>(?<link>[^<]*)</loc>")]
    private static partial Regex SitemapLocation();
}

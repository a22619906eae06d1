using System.Globalization;
using System.Xml.Linq;
using EdgeHost.Demo.Platform.Agencies;

namespace EdgeHost.Demo.Platform.News;

/// <summary>The news as an Atom feed (RFC 4287).</summary>
internal static class NewsFeed
{
    private static readonly XNamespace s_atom = "http://www.w3.org/2005/Atom";

    public static XDocument For(Visit visit)
    {
        var profile = visit.Agency.Profile;
        return new XDocument(new XElement(
            s_atom + "feed",
            new XElement(s_atom + "id", visit.Absolute("/")),
            new XElement(s_atom + "title", $"{profile.Name}: news"),
            new XElement(s_atom + "updated", At(visit.Agency.News[0].Date)),
            new XElement(s_atom + "author", new XElement(s_atom + "name", profile.Name)),
            Link(visit, "/news", "alternate"),
            Link(visit, "/feed.xml", "self"),
            visit.Agency.News.Select(post => new XElement(
                s_atom + "entry",
                new XElement(s_atom + "id", visit.Absolute(NewsTeaser.Link(post))),
                new XElement(s_atom + "title", post.Title),
                new XElement(s_atom + "updated", At(post.Date)),
                Link(visit, NewsTeaser.Link(post), "alternate"),
                new XElement(s_atom + "summary", post.Summary)))));
    }

    private static XElement Link(Visit visit, string path, string relation) =>
        new(s_atom + "link", new XAttribute("rel", relation), new XAttribute("href", visit.Absolute(path)));

    private static string At(DateOnly date) => date.ToString("yyyy-MM-dd'T09:00:00Z'", CultureInfo.InvariantCulture);
}

using System.Globalization;
using System.Xml.Linq;
using EdgeHost.Demo.Platform.Agencies;

namespace EdgeHost.Demo.Platform.News;

/// <summary>The news as an Atom feed (RFC 4287).</summary>
internal static class NewsFeed
{
    private static readonly XNamespace Atom = "http://www.w3.org/2005/Atom";

    public static XDocument For(Visit visit)
    {
        var profile = visit.Agency.Profile;
        return new XDocument(new XElement(
            Atom + "feed",
            new XElement(Atom + "id", visit.Absolute("/")),
            new XElement(Atom + "title", $"{profile.Name}: news"),
            new XElement(Atom + "updated", At(visit.Agency.News[0].Date)),
            new XElement(Atom + "author", new XElement(Atom + "name", profile.Name)),
            Link(visit, "/news", "alternate"),
            Link(visit, "/feed.xml", "self"),
            visit.Agency.News.Select(post => new XElement(
                Atom + "entry",
                new XElement(Atom + "id", visit.Absolute(NewsTeaser.Link(post))),
                new XElement(Atom + "title", post.Title),
                new XElement(Atom + "updated", At(post.Date)),
                Link(visit, NewsTeaser.Link(post), "alternate"),
                new XElement(Atom + "summary", post.Summary)))));
    }

    private static XElement Link(Visit visit, string path, string relation) =>
        new(Atom + "link", new XAttribute("rel", relation), new XAttribute("href", visit.Absolute(path)));

    private static string At(DateOnly date) => date.ToString("yyyy-MM-dd'T09:00:00Z'", CultureInfo.InvariantCulture);
}

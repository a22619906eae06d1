using System.Globalization;
using System.Xml.Linq;
using EdgeHost.Demo.Platform.Agencies;
using EdgeHost.Demo.Platform.News;
using EdgeHost.Demo.Platform.Talents;

namespace EdgeHost.Demo.Platform.Discovery;

internal static class Sitemap
{
    private static readonly XNamespace Schema = "http://www.sitemaps.org/schemas/sitemap/0.9";

    public static XDocument For(Visit visit)
    {
        var newest = visit.Agency.News[0].Date;
        string[] fixedPages = ["/", "/talents", "/news", "/about", "/casting"];

        var entries = fixedPages.Select(path => (path, newest))
            .Concat(visit.Agency.Profile.Categories.Select(category => (new TalentQuery(category, 1).Link(), newest)))
            .Concat(visit.Agency.Talents.Select(talent => (TalentCard.Link(talent), newest)))
            .Concat(visit.Agency.News.Select(post => (NewsTeaser.Link(post), post.Date)));

        return new XDocument(new XElement(
            Schema + "urlset",
            entries.Select(entry => new XElement(
                Schema + "url",
                new XElement(Schema + "loc", visit.Absolute(entry.Item1)),
                new XElement(Schema + "lastmod", entry.Item2.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture))))));
    }
}

using System.Collections.Immutable;
using System.Text;
using EdgeHost.SnapshotStore.Blobs;
using EdgeHost.SnapshotStore.Manifests;
using EdgeHost.SnapshotStore.Sites;
using EdgeHost.SnapshotStore.Targets;
using StaticExport.Capturing;

namespace StaticExport.Tests.Publishing;

/// <summary>Captured sites with their bodies on disk, as a crawl brings them home.</summary>
internal sealed class SomeSite : IDisposable
{
    private readonly string directory = Directory.CreateTempSubdirectory("edgehost-spool-").FullName;

    public static string Page(string text) => $"<!doctype html><title>{text}</title>" + string.Concat(Enumerable.Repeat($"<p>{text} and some more of it</p>", 40));

    public CapturedAnswer Answer(string key, string type, string body, ManifestEntry? kept = null) => Answer(key, type, Encoding.UTF8.GetBytes(body), kept);

    public CapturedAnswer Answer(string key, string type, byte[] body, ManifestEntry? kept = null)
    {
        var file = Path.Combine(directory, Guid.NewGuid().ToString("N"));
        File.WriteAllBytes(file, body);
        return new CapturedAnswer
        {
            Key = key,
            Status = 200,
            Kind = type.StartsWith("text/html", StringComparison.Ordinal) ? EntryKind.Document : EntryKind.Asset,
            ContentType = type,
            CapturedAt = Some.Time,
            Body = new SpooledBody(file, body.Length, BlobHash.Of(body)),
            KeptEntry = kept,
        };
    }

    public static CapturedAnswer Redirect(string key, string location) =>
        new() { Key = key, Status = 301, Kind = EntryKind.Document, Location = location, CapturedAt = Some.Time };

    public static CapturedSite Of(params CapturedAnswer[] answers) => new()
    {
        Site = Some.Site,
        Scheme = "https",
        Host = HostName.Parse("www.example.org"),
        CapturedAt = Some.Time,
        Query = QueryPolicy.Default,
        Answers = [.. answers],
    };

    /// <summary>A page, a redirect, a style sheet, an image, another host and a 404 page.</summary>
    public CapturedSite Whole(string text)
    {
        var image = new byte[3000];
        new Random(1).NextBytes(image);
        return Of(Answer("/b", "text/html; charset=utf-8", Page(text + " b")), Answer("/", "text/html; charset=utf-8", Page(text)), Redirect("/old", "/"),
            Answer("/style.css", "text/css", Page("body { }")), Answer("/photo.webp", "image/webp", image)) with
        {
            NotFound = Answer("/no-such-page", "text/html", Page("nothing here")) with { Status = 404 },
            Views =
            [
                new CapturedView("http", HostName.Parse("www.example.org"), HostRule.Redirect, 301, "https://www.example.org", []),
                new CapturedView("https", HostName.Parse("m.example.org"), HostRule.Own, null, null, [Answer("/", "text/html", Page(text + " mobile"))]),
            ],
        };
    }

    public void Dispose() => Directory.Delete(directory, recursive: true);
}

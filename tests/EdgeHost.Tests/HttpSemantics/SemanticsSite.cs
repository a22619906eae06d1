using System.Text;
using EdgeHost.Tests.FrontDoor;

namespace EdgeHost.Tests.HttpSemantics;

/// <summary>An edge whose platform is gone, and a site with what the cases ask for. They only read, so all share it.</summary>
public sealed class SemanticsSite : IAsyncLifetime
{
    private const string Digits = "0123456789";

    private static readonly Dictionary<string, string> Contents = new()
    {
        ["/"] = Some.Home,
        ["/search?q=a"] = Some.Html("search as exported"),
        ["/a%2Fb"] = Some.Html("encoded slash as exported"),
        ["/gone"] = Some.Html("gone as exported"),
        ["/digits.txt"] = string.Concat(Enumerable.Repeat(Digits, 10)),
        ["/coded.css"] = string.Concat(Enumerable.Repeat("p { color: black }\n", 30)),
        ["/film.mp4"] = string.Concat(Enumerable.Range(0, 300_000).Select(n => $"{n % 100_000:D5}")),
        ["/empty.txt"] = "",
    };

    private Bench? bench;

    internal Bench Bench => bench!;

    /// <summary>What a target holds.</summary>
    public static byte[] ContentOf(string target) => Encoding.UTF8.GetBytes(Contents[target.StartsWith('/') ? target : new Uri(target).PathAndQuery]);

    public async ValueTask InitializeAsync()
    {
        bench = await Bench.PrepareAsync(("Sites:nova:SnapshotMiss", "NotFound"), ("Origins:platform:ProbeInterval", "00:05:00"));
        await bench.Store.PublishAsync(new SnapshotDraft(1)
            .Page("/", Contents["/"], codings: true)
            .Page("/search?q=a", Contents["/search?q=a"])
            .Page("/a%2Fb", Contents["/a%2Fb"])
            .Page("/gone", Contents["/gone"], status: 410)
            .Asset("/digits.txt", "text/plain", Contents["/digits.txt"], modified: Some.Time)
            .Asset("/coded.css", "text/css", Contents["/coded.css"], modified: Some.Time, codings: true)
            .Asset("/film.mp4", "video/mp4", Contents["/film.mp4"])
            .Asset("/empty.txt", "text/plain", "")
            .Redirect("/old", 301, "/about")
            .NotFound(Some.Html("no such page as exported")));
        bench.Origin.Refuse();
        await bench.StartEdgeAsync();
        await bench.HasSnapshotAsync(1);
        await bench.FailAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (bench is not null)
        {
            await bench.DisposeAsync();
        }
    }
}

using System.Text;

namespace EdgeHost.SystemTests.Faults.Platforms;

/// <summary>One customer's website: a few pages and a style sheet, each of them once as the platform has it and once as it was exported.</summary>
internal sealed class PlatformSite
{
    public const string Style = "/style.css";

    /// <summary>Stands in each page, live or exported.</summary>
    public const string Mark = "Made by the platform";

    private readonly Dictionary<string, byte[]> live = [];
    private readonly Dictionary<string, string> exported = [];

    /// <param name="id">Its host is <c>{id}.example</c>.</param>
    /// <param name="pages">How many pages it has, beside its style sheet.</param>
    public PlatformSite(string id, int pages = 6)
    {
        Id = id;
        Host = $"{id}.example";
        foreach (var path in (IEnumerable<string>)["/", .. Enumerable.Range(1, pages - 1).Select(i => $"/page-{i}"), Style])
        {
            live[path] = Encoding.UTF8.GetBytes(Text(path, "as it is now"));
            exported[path] = Text(path, "as it was exported");
        }

        Paths = [.. live.Keys];
    }

    public string Id { get; }

    public string Host { get; }

    /// <summary>What the snapshot holds.</summary>
    public IReadOnlyList<string> Paths { get; }

    /// <summary>Bodies by path.</summary>
    public IReadOnlyDictionary<string, string> Exported => exported;

    public byte[]? Live(string path) => live.GetValueOrDefault(path);

    /// <summary>What the platform answers when it is well. What was never exported is there too: any other path answers 200.</summary>
    public byte[] Answer(string path) => Live(path) is { } body
        ? FaultAnswers.Whole(200, $"Content-Type: {(path == Style ? "text/css" : "text/html; charset=utf-8")}\r\n", body)
        : FaultAnswers.Whole(path == "/missing" ? 404 : 200, "Content-Type: text/plain\r\n", "done"u8);

    private string Text(string path, string version) => path == Style
        ? $"/* {Id}, {version} */ body {{ color: navy }}\n"
        : $"<!DOCTYPE html><html lang=\"de\"><head><title>{Id}: {path}</title><link rel=\"stylesheet\" href=\"{Style}\"></head>"
            + $"<body><h1>{Id}: {path}</h1><p>{version}</p><p>{string.Concat(Enumerable.Repeat("Größe und Maße. ", 100))}</p><footer>{Mark}</footer></body></html>\n";
}

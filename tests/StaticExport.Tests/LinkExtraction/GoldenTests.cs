using System.Text;
using StaticExport.LinkExtraction;
using StaticExport.Urls;
using Xunit;

namespace StaticExport.Tests.LinkExtraction;

/// <summary>
/// Each file in Golden is a case: its first line is <c>type role</c>, then the document, a line of ten hyphens, and the links that are expected,
/// each as its role, its form where that is not an URL of the web, and the URL. The document is at https://nova.example/dir/page.
/// </summary>
public sealed class GoldenTests
{
    public static TheoryData<string> Cases() => [.. Directory.EnumerateFiles(Folder, "*.golden").Select(file => Path.GetFileNameWithoutExtension(file)!).Order(StringComparer.Ordinal)];

    private static string Folder => Path.Combine(AppContext.BaseDirectory, "LinkExtraction", "Golden");

    [Theory]
    [MemberData(nameof(Cases))]
    public void Finds_the_links_of(string name)
    {
        var parts = File.ReadAllText(Path.Combine(Folder, name + ".golden")).Split("\n----------\n");
        var end = parts[0].IndexOf('\n', StringComparison.Ordinal);
        var head = parts[0][..end].Split(" as ");

        var links = LinkReader.Read(
            new WebUrl("https", "nova.example", 443, "/dir/page", null), Enum.Parse<LinkRole>(head[1]), head[0], Encoding.UTF8.GetBytes(parts[0][(end + 1)..]), out _);

        Assert.Equal(
            parts[1].Split('\n', StringSplitOptions.RemoveEmptyEntries).Order(StringComparer.Ordinal),
            links.Select(Describe).Order(StringComparer.Ordinal));
    }

    private static string Describe(FoundLink link) => link.Url is null
        ? $"{link.Role} {link.Form} {link.Text}"
        : $"{link.Role} {(link.Url.Authority == "nova.example" ? link.Url.Target : link.Url.ToString())}";
}

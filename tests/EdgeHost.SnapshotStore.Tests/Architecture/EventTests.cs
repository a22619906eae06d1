using System.Globalization;
using System.Text.RegularExpressions;

namespace EdgeHost.SnapshotStore.Tests.Architecture;

/// <summary>Who is woken by an event finds its id in the docs, with its level and what to do.</summary>
public sealed partial class EventTests
{
    [Fact]
    public void Each_event_stands_once_in_the_code_and_in_the_docs()
    {
        var written = SourceFile.Of("src/EdgeHost").SelectMany(file => Attribute().Matches(file.Code)).Select(Row).ToList();
        var listed = Listed().Matches(File.ReadAllText(Path.Combine(Repository.Root, "docs", "operating.md"))).Select(Row).ToList();

        Assert.NotEmpty(written);
        Assert.Equal(written.DistinctBy(one => one.Id), written);
        Assert.Equal(written.Order(), listed);
    }

    private static (int Id, string Level) Row(Match match) => (int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture), match.Groups[2].Value.ToUpperInvariant());

    [GeneratedRegex(@"\[LoggerMessage\(EventId = (\d+), Level = LogLevel\.(\w+)", RegexOptions.CultureInvariant)]
    private static partial Regex Attribute();

    [GeneratedRegex(@"^\| (\d{3}) \| (\w+) \|", RegexOptions.Multiline | RegexOptions.CultureInvariant)]
    private static partial Regex Listed();
}

namespace EdgeHost.Tests.HttpSemantics;

/// <summary>A request, and what its answer must be: one paragraph of a file in <c>Cases</c>, whose first one says how they are written.</summary>
/// <param name="File">The file.</param>
/// <param name="Name">What stands after <c>##</c>: the section, and what is asked.</param>
/// <param name="Request">The request line.</param>
/// <param name="Fields">The request's header fields.</param>
/// <param name="Status">The status.</param>
/// <param name="Expected">Fields of the answer and what they must be; <c>body</c> is the body.</param>
public sealed record SemanticsCase(string File, string Name, string Request, IReadOnlyList<string> Fields, int Status, IReadOnlyList<(string Name, string Value)> Expected)
{
    public string Method => Request.Split(' ')[0];

    public string Target => Request.Split(' ')[1];

    public static IReadOnlyList<SemanticsCase> ReadAll() => [.. Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "HttpSemantics", "Cases"), "*.http").Order(StringComparer.Ordinal).SelectMany(Read)];

    private static IEnumerable<SemanticsCase> Read(string path)
    {
        foreach (var paragraph in System.IO.File.ReadAllText(path).Split("\n## ").Skip(1))
        {
            var lines = paragraph.Split('\n', StringSplitOptions.RemoveEmptyEntries);
            var (sent, received) = (Of(lines, "> "), Of(lines, "< "));
            if (lines.Length != 1 + sent.Count + received.Count || sent.Count == 0 || received.Count == 0)
            {
                throw new FormatException($"{path}: '{lines[0]}' has a line that is neither '> ' nor '< ', or lacks one of them.");
            }

            yield return new SemanticsCase(Path.GetFileNameWithoutExtension(path), lines[0], sent[0], [.. sent.Skip(1)], int.Parse(received[0], System.Globalization.CultureInfo.InvariantCulture), [.. received.Skip(1).Select(Field)]);
        }
    }

    private static List<string> Of(IEnumerable<string> lines, string mark) => [.. lines.Where(line => line.StartsWith(mark, StringComparison.Ordinal)).Select(line => line[mark.Length..].Trim())];

    private static (string Name, string Value) Field(string line) => line.Split(':', 2) is [var name, var value] ? (name, value.Trim()) : throw new FormatException($"'{line}' is no 'field: value'.");

    public override string ToString() => $"{File}: {Name}";
}

using System.Text.RegularExpressions;

namespace EdgeHost.SnapshotStore.Tests.Architecture;

/// <summary>A source file as text.</summary>
/// <param name="Path">Relative to the repository.</param>
/// <param name="Folder">Relative to its project, with dots as a namespace has them; empty beside the project file.</param>
/// <param name="Code">What it holds, without comments.</param>
internal sealed partial record SourceFile(string Path, string Folder, string Code)
{
    public static IReadOnlyList<SourceFile> Of(string project)
    {
        var root = Repository.PathOf(project);
        return [.. Directory.EnumerateFiles(root, "*.cs", SearchOption.AllDirectories)
            .Where(file => !file.Contains("/obj/", StringComparison.Ordinal) && !file.Contains("/bin/", StringComparison.Ordinal))
            .Select(file => new SourceFile(
                System.IO.Path.GetRelativePath(Repository.Root, file),
                System.IO.Path.GetDirectoryName(System.IO.Path.GetRelativePath(root, file))!.Replace(System.IO.Path.DirectorySeparatorChar, '.'),
                WithoutComments(File.ReadAllText(file))))];
    }

    /// <summary>The types that are declared in it.</summary>
    public IEnumerable<string> Types => Declaration().Matches(Code).Select(match => match.Groups[1].Value);

    /// <summary>What its <c>using</c> lines name, whole.</summary>
    public IEnumerable<string> Imports => Import().Matches(Code).Select(match => match.Groups[1].Value);

    /// <summary>Every <c>A.B.C</c> that begins like a namespace or a type.</summary>
    public IEnumerable<string> QualifiedNames => Qualified().Matches(Code).Select(match => match.Value);

    /// <summary>Every word that stands alone, or before the first dot, and begins like a type.</summary>
    public IEnumerable<string> SimpleNames => Simple().Matches(Code).Select(match => match.Value).Distinct();

    // Literals are matched first, as "http://" is no comment.
    public static string WithoutComments(string text) =>
        LiteralOrComment().Replace(text, match => match.Value.StartsWith("//", StringComparison.Ordinal) || match.Value.StartsWith("/*", StringComparison.Ordinal) ? " " : match.Value);

    [GeneratedRegex("""
        "{3}[\s\S]*?"{3}|[$]?@[$]?"(?:""|[^"])*"|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])+'|//[^\n]*|/\*[\s\S]*?\*/
        """, RegexOptions.CultureInvariant)]
    private static partial Regex LiteralOrComment();

    [GeneratedRegex(@"^\s*(?:global )?using (?:static )?(?:\w+ = )?([\w.]+);", RegexOptions.Multiline | RegexOptions.CultureInvariant)]
    private static partial Regex Import();

    [GeneratedRegex(@"\b(?:class|struct|interface|enum|record|record struct)\s+([A-Z]\w*)", RegexOptions.CultureInvariant)]
    private static partial Regex Declaration();

    [GeneratedRegex(@"(?<![\w.""])[A-Z]\w*(?:\.[A-Z]\w*)+", RegexOptions.CultureInvariant)]
    private static partial Regex Qualified();

    [GeneratedRegex(@"(?<![\w.""])[A-Z]\w*", RegexOptions.CultureInvariant)]
    private static partial Regex Simple();
}

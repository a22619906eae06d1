using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace EdgeHost.SnapshotStore.Tests.Architecture;

/// <summary><c>Cli → ControlContracts ← EdgeHost → SnapshotStore ← static-export</c>, and the demo above them all.</summary>
public sealed partial class DependencyDirectionTests
{
    private static readonly Dictionary<string, string[]> Allowed = new()
    {
        ["src/EdgeHost.SnapshotStore"] = [],
        ["src/EdgeHost.ControlContracts"] = [],
        ["src/EdgeHost.Cli"] = ["EdgeHost.ControlContracts"],
        ["src/EdgeHost"] = ["EdgeHost.ControlContracts", "EdgeHost.SnapshotStore"],
        ["static-export"] = ["EdgeHost.SnapshotStore"],
        ["src/EdgeHost.Demo"] = ["EdgeHost", "EdgeHost.ControlContracts", "EdgeHost.SnapshotStore", "StaticExport"],
    };

    // Most specific first: EdgeHost is the beginning of the others' names.
    private static readonly string[] Namespaces = ["EdgeHost.SnapshotStore", "EdgeHost.ControlContracts", "EdgeHost.Cli", "EdgeHost.Demo", "StaticExport", "EdgeHost"];

    private static readonly string[] BannedFolders = ["Core", "Common", "Utils", "Utilities", "Services", "Helpers", "Models", "Interfaces"];

    public static TheoryData<string> Projects => [.. Allowed.Keys.Where(project => Directory.Exists(Repository.PathOf(project)))];

    [Fact]
    public void Every_project_has_its_place()
    {
        var projects = Directory.EnumerateDirectories(Repository.PathOf("src")).Select(folder => $"src/{Path.GetFileName(folder)}").Append("static-export");
        Assert.Empty(projects.Except(Allowed.Keys));
    }

    [Theory]
    [MemberData(nameof(Projects))]
    public void References_nothing_above_it(string project)
    {
        var file = Assert.Single(Directory.GetFiles(Repository.PathOf(project), "*.csproj"));
        var referenced = XDocument.Load(file).Descendants("ProjectReference")
            .Select(reference => Path.GetFileNameWithoutExtension(reference.Attribute("Include")!.Value.Replace('\\', '/')))
            .Select(name => name == "static-export" ? "StaticExport" : name);
        Assert.Empty(referenced.Except(Allowed[project]));
    }

    [Theory]
    [MemberData(nameof(Projects))]
    public void Imports_nothing_above_it(string project)
    {
        var own = project == "static-export" ? "StaticExport" : Path.GetFileName(project);
        foreach (var file in Sources(project))
        {
            foreach (Match import in Import().Matches(File.ReadAllText(file)))
            {
                var from = Array.Find(Namespaces, name => import.Groups[1].Value == name || import.Groups[1].Value.StartsWith(name + ".", StringComparison.Ordinal));
                Assert.True(from is null || from == own || Allowed[project].Contains(from), $"{Path.GetRelativePath(Repository.Root, file)} imports {import.Groups[1].Value}");
            }
        }
    }

    [Theory]
    [MemberData(nameof(Projects))]
    public void Has_no_folder_for_what_belongs_nowhere(string project)
    {
        foreach (var file in Sources(project))
        {
            var folders = Path.GetRelativePath(Repository.PathOf(project), file).Split(Path.DirectorySeparatorChar)[..^1];
            Assert.Empty(folders.Intersect(BannedFolders, StringComparer.OrdinalIgnoreCase));
        }
    }

    // One feature, one folder, one namespace.
    [Theory]
    [MemberData(nameof(Projects))]
    public void Names_its_namespaces_after_its_folders(string project)
    {
        var own = project == "static-export" ? "StaticExport" : Path.GetFileName(project);
        foreach (var file in Sources(project))
        {
            if (Namespace().Match(File.ReadAllText(file)) is { Success: true } found)
            {
                var folder = Path.GetDirectoryName(Path.GetRelativePath(Repository.PathOf(project), file))!;
                var expected = folder.Length == 0 ? own : $"{own}.{folder.Replace(Path.DirectorySeparatorChar, '.')}";
                Assert.True(expected == found.Groups[1].Value, $"{Path.GetRelativePath(Repository.Root, file)} is in {found.Groups[1].Value}");
            }
        }
    }

    private static IEnumerable<string> Sources(string project) => Directory.EnumerateFiles(Repository.PathOf(project), "*.cs", SearchOption.AllDirectories)
        .Where(file => !file.Contains("/obj/", StringComparison.Ordinal) && !file.Contains("/bin/", StringComparison.Ordinal));

    [GeneratedRegex(@"^\s*(?:global )?using (?:static )?(?:\w+ = )?((?:EdgeHost|StaticExport)[\w.]*);", RegexOptions.Multiline)]
    private static partial Regex Import();

    [GeneratedRegex(@"^namespace ([\w.]+);", RegexOptions.Multiline)]
    private static partial Regex Namespace();
}

using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace EdgeHost.SnapshotStore.Tests.Architecture;

/// <summary><c>Cli → ControlContracts ← EdgeHost → SnapshotStore ← static-export</c>, and the demo, which knows an edge by its control API alone.</summary>
public sealed partial class DependencyDirectionTests
{
    private static readonly Dictionary<string, string[]> Allowed = new()
    {
        ["src/EdgeHost.SnapshotStore"] = [],
        ["src/EdgeHost.ControlContracts"] = [],
        ["src/EdgeHost.Cli"] = ["EdgeHost.ControlContracts"],
        ["src/EdgeHost"] = ["EdgeHost.ControlContracts", "EdgeHost.SnapshotStore"],
        ["static-export"] = ["EdgeHost.SnapshotStore"],
        ["src/EdgeHost.Demo"] = ["EdgeHost.ControlContracts"],
    };

    // Put beside the program and started, as anybody would; nothing of theirs is called.
    private static readonly Dictionary<string, string[]> Started = new() { ["src/EdgeHost.Demo"] = ["EdgeHost", "StaticExport"] };

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
        Assert.Empty(referenced.Except(Allowed[project]).Except(Started.GetValueOrDefault(project, [])));
    }

    [Theory]
    [MemberData(nameof(Projects))]
    public void Imports_nothing_above_it(string project)
    {
        var own = NamespaceOf(project);
        foreach (var file in SourceFile.Of(project))
        {
            foreach (var name in file.Imports.Concat(file.QualifiedNames))
            {
                var from = Array.Find(Namespaces, one => name == one || name.StartsWith(one + ".", StringComparison.Ordinal));
                Assert.True(from is null || from == own || Allowed[project].Contains(from), $"{file.Path} names {name}");
            }
        }
    }

    [Theory]
    [MemberData(nameof(Projects))]
    public void Has_no_folder_for_what_belongs_nowhere(string project)
    {
        foreach (var file in SourceFile.Of(project))
        {
            Assert.Empty(file.Folder.Split('.').Intersect(BannedFolders, StringComparer.OrdinalIgnoreCase));
        }
    }

    // One feature, one folder, one namespace.
    [Theory]
    [MemberData(nameof(Projects))]
    public void Names_its_namespaces_after_its_folders(string project)
    {
        var own = NamespaceOf(project);
        foreach (var file in SourceFile.Of(project))
        {
            if (Namespace().Match(file.Code) is { Success: true } found)
            {
                Assert.True((file.Folder.Length == 0 ? own : $"{own}.{file.Folder}") == found.Groups[1].Value, $"{file.Path} is in {found.Groups[1].Value}");
            }
        }
    }

    /// <summary>The root namespace of a project.</summary>
    internal static string NamespaceOf(string project) => project == "static-export" ? "StaticExport" : Path.GetFileName(project);

    [GeneratedRegex(@"^namespace ([\w.]+);", RegexOptions.Multiline)]
    private static partial Regex Namespace();
}

namespace EdgeHost.SnapshotStore.Tests.Architecture;

/// <summary>Which folder of a project depends on which, by what its files import and by the names that they write out.</summary>
internal sealed class FolderDependencies
{
    /// <summary>The files that lie in a folder beside its folders.</summary>
    public const string Itself = ".";

    private readonly string name;
    private readonly Dictionary<string, HashSet<string>> typesByFolder;

    /// <param name="name">The project's root namespace.</param>
    /// <param name="files">Its sources.</param>
    public FolderDependencies(string name, IReadOnlyList<SourceFile> files)
    {
        this.name = name;
        typesByFolder = files.SelectMany(file => Ancestors(file.Folder)).Distinct().ToDictionary(
            folder => folder, folder => files.Where(file => file.Folder == folder).SelectMany(file => file.Types).ToHashSet());
        All = [.. files.SelectMany(file => Of(file).Distinct().Select(to => (file, to)))];
    }

    /// <summary>A file, and a folder that it uses.</summary>
    public IReadOnlyList<(SourceFile File, string To)> All { get; }

    /// <summary>The folders that hold folders; empty for the project itself.</summary>
    public IEnumerable<string> Levels => typesByFolder.Keys.Where(level => typesByFolder.Keys.Any(folder => folder.Length > 0 && Parent(folder) == level));

    /// <summary>
    /// The dependencies between what lies directly in a folder, each with a file that has it: its folders, and as <see cref="Itself"/> its own files. Not those beside
    /// the project file: they put the folders together, and hold what the whole project is about.
    /// </summary>
    public IReadOnlyDictionary<(string From, string To), string> Between(string level) => All
        .Select(one => (From: ChildOf(level, one.File.Folder), To: ChildOf(level, one.To), one.File.Path))
        .Where(one => one.From is not null && one.To is not null && one.From != one.To)
        .GroupBy(one => (one.From!, one.To!), one => one.Path)
        .ToDictionary(group => group.Key, group => group.Order(StringComparer.Ordinal).First());

    private IEnumerable<string> Of(SourceFile file)
    {
        // Without any import, as the compiler sees it: the nearest folder that has such a type.
        foreach (var used in file.SimpleNames.Select(simple => Ancestors(file.Folder).FirstOrDefault(folder => typesByFolder[folder].Contains(simple))).OfType<string>().Where(folder => folder != file.Folder))
        {
            yield return used;
        }

        foreach (var import in file.Imports.Where(import => import.StartsWith(name + ".", StringComparison.Ordinal)))
        {
            var (folder, rest) = Descend("", import[(name.Length + 1)..].Split('.'));
            if (rest.Length == 0 || typesByFolder[folder].Contains(rest[0]))
            {
                yield return folder;
            }
        }

        foreach (var written in file.QualifiedNames)
        {
            // As the compiler looks for it: from the file's own folder outwards.
            foreach (var from in Ancestors(file.Folder))
            {
                var (folder, rest) = Descend(from, WithoutRoot(written).Split('.'));
                if (folder != from && rest.Length > 0 && typesByFolder[folder].Contains(rest[0]))
                {
                    yield return folder;
                    break;
                }
            }
        }
    }

    // In EdgeHost.SnapshotStore a name may begin with either part of that.
    private string WithoutRoot(string written)
    {
        var parts = name.Split('.');
        var root = Enumerable.Range(0, parts.Length).Select(n => string.Join('.', parts[n..]) + ".").FirstOrDefault(root => written.StartsWith(root, StringComparison.Ordinal));
        return root is null ? written : written[root.Length..];
    }

    private (string Folder, string[] Below) Descend(string folder, string[] names)
    {
        var below = names.Length == 0 ? null : folder.Length == 0 ? names[0] : $"{folder}.{names[0]}";
        return below is not null && typesByFolder.ContainsKey(below) ? Descend(below, names[1..]) : (folder, names);
    }

    private static string? ChildOf(string level, string folder) =>
        level.Length == 0 ? (folder.Length == 0 ? null : folder.Split('.')[0])
        : folder == level ? Itself
        : folder.StartsWith(level + ".", StringComparison.Ordinal) ? folder[(level.Length + 1)..].Split('.')[0]
        : null;

    private static string Parent(string folder) => folder.Contains('.', StringComparison.Ordinal) ? folder[..folder.LastIndexOf('.')] : "";

    private static IEnumerable<string> Ancestors(string folder)
    {
        for (; folder.Length > 0; folder = Parent(folder))
        {
            yield return folder;
        }

        yield return "";
    }
}

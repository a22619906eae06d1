namespace EdgeHost.SnapshotStore.Tests.Architecture;

/// <summary>Folders that stand beside one another, or in one another, don't see each other in a circle: each can be read, and moved, with only what is below it.</summary>
public sealed class FolderCycleTests
{
    public static TheoryData<string, string> Levels =>
    [
        .. DependencyDirectionTests.Projects.Select(row => row.Data).SelectMany(project => Dependencies(project).Levels.Order(StringComparer.Ordinal).Select(level => (project, level))),
    ];

    [Theory]
    [MemberData(nameof(Levels))]
    public void No_folders_import_each_other_in_a_cycle(string project, string level)
    {
        var edges = Dependencies(project).Between(level);
        var cycles = Cycles.In(edges.Keys);
        Assert.True(cycles.Count == 0, $"{project}{(level.Length == 0 ? "" : $", {level}")}: {cycles.Count} cycles\n{string.Join('\n', cycles.Select(cycle => Describe(cycle, edges)))}");
    }

    [Fact]
    public void Imports_aliases_and_names_that_are_written_out_are_seen_and_comments_are_not()
    {
        var dependencies = new FolderDependencies("EdgeHost.Any",
        [
            File("Sites", "using EdgeHost.Any.Health;\nclass Site;"),
            File("Health", "using static EdgeHost.Any.Live.Answer;\nclass Report;"),
            File("Live", "using View = EdgeHost.Any.Views.Small.View;\nclass Answer { } // Sites.Site\n/* Sites.Site */"),
            File("Views", "class Frame { string url = \"http://x\"; } "),
            File("Views.Small", "record View(Any.Sites.Site site);"),
            File("Views.Large", "class Large { Small.View small; Other.View other; }"),
        ]);

        Assert.Equal([("Health", "Live"), ("Live", "Views"), ("Sites", "Health"), ("Views", "Sites")], dependencies.Between("").Keys.Order());
        Assert.Equal([("Large", "Small")], dependencies.Between("Views").Keys);
        Assert.Equal(["", "Views"], dependencies.Levels.Order(StringComparer.Ordinal));
        Assert.Equal(["Health Live Views Sites"], Cycles.In(dependencies.Between("").Keys).Select(cycle => string.Join(' ', cycle)));
        Assert.Empty(Cycles.In(dependencies.Between("Views").Keys));
    }

    [Fact]
    public void What_a_folder_needs_of_the_one_that_it_lies_in_is_seen_though_nothing_imports_it()
    {
        var dependencies = new FolderDependencies("EdgeHost.Any",
        [
            File("", "class Site { }"),
            File("Views", "using EdgeHost.Any.Views.Small;\nclass Frame;"),
            File("Views.Small", "class View { Frame frame; Report Site; Site site; string text = \"Frame\"; }"),
            File("Views.Small.Parts", "class Part { Page page; } // View"),
            File("Views.Large", "class Page; class Large { View.Frame frame; } /* Frame */"),
            File("Reports", "using EdgeHost.Any.Reports.Daily;\nclass Report { Day day; }"),
            File("Reports.Daily", "using EdgeHost.Any;\nclass Day { Report.Any any; } class Report;"),
        ]);

        Assert.Equal([(".", "Small"), ("Small", ".")], dependencies.Between("Views").Keys.Order());
        Assert.Equal([". Small"], Cycles.In(dependencies.Between("Views").Keys).Select(cycle => string.Join(' ', cycle)));
        // The nearest type of a name is meant, and what lies beside the project file is everybody's.
        Assert.Equal([(".", "Daily")], dependencies.Between("Reports").Keys);
        Assert.Empty(dependencies.Between("").Keys);
        Assert.Equal(["", "Reports", "Views", "Views.Small"], dependencies.Levels.Order(StringComparer.Ordinal));
    }

    private static SourceFile File(string folder, string text) => new($"{folder}/{folder}.cs", folder, SourceFile.WithoutComments(text));

    private static string Describe(IReadOnlyList<string> cycle, IReadOnlyDictionary<(string From, string To), string> edges) => "  " + string.Concat(
        cycle.Select((folder, n) => $"{folder} → ({edges[(folder, cycle[(n + 1) % cycle.Count])]}) ")) + cycle[0];

    private static FolderDependencies Dependencies(string project) => new(DependencyDirectionTests.NamespaceOf(project), SourceFile.Of(project));
}

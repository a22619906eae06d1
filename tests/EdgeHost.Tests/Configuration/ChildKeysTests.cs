using CsCheck;
using EdgeHost.Configuration;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Configuration.Json;
using Microsoft.Extensions.Configuration.Memory;

namespace EdgeHost.Tests.Configuration;

public sealed class ChildKeysTests
{
    private static readonly Gen<string> Key = Gen.Char["aAbB012"].Select(letter => letter.ToString()).Array[1, 4].Select(parts => string.Join(':', parts));

    [Fact]
    public void Answers_what_the_framework_answers() => Gen.Select(Key.Array[0, 20], Key.Array[0, 3]).Sample((keys, earlier) =>
    {
        var pairs = keys.DistinctBy(key => key.ToUpperInvariant()).Select(key => new KeyValuePair<string, string?>(key, "1")).ToList();
        var framework = new MemoryConfigurationProvider(new MemoryConfigurationSource { InitialData = pairs });
        var ours = new ChildKeys(pairs.Select(pair => pair.Key));
        foreach (var parent in keys.Append("none").Append("a").Append("A:b").Append(null))
        {
            Assert.Equal(Text(framework.GetChildKeys(earlier, parent)), Text(ours.Of(parent, earlier)));
        }
    });

    [Fact]
    public void The_last_source_has_its_way_with_each_key_and_adds_its_own()
    {
        var configuration = new ConfigurationManager();
        configuration.AddInMemoryCollection([new("Top:One:a", "1"), new("Top:Two", "2"), new("Other:x", "3")]);
        configuration.AddInMemoryCollection([new("top:one:A", null), new("Top:One:b", "4"), new("TOP:Two", "5")]);

        var pairs = new ConfigurationBuilder().Add(IndexedPairs.Of(configuration, "Top")).Build();

        Assert.Equal(configuration.GetSection("Top").AsEnumerable().OrderBy(pair => pair.Key, StringComparer.OrdinalIgnoreCase).Select(pair => pair.Value), pairs.AsEnumerable().OrderBy(pair => pair.Key, StringComparer.OrdinalIgnoreCase).Select(pair => pair.Value));
        Assert.Equal((null, "4", "5", null), (pairs["Top:One:a"], pairs["Top:One:b"], pairs["Top:Two"], pairs["Other:x"]));
    }

    [Fact]
    public void Files_that_a_builder_has_are_replaced_and_read_as_before()
    {
        using var scratch = new Scratch();
        Directory.CreateDirectory(scratch["settings"]);
        File.WriteAllText(Path.Combine(scratch["settings"], "appsettings.json"), """{ "Top": { "One": { "a": 1 }, "List": [ "x", "y" ] } }""");
        var configuration = new ConfigurationManager();
        configuration.SetBasePath(scratch["settings"]);
        configuration.AddJsonFile("appsettings.json", optional: false, reloadOnChange: false);
        configuration.AddInMemoryCollection([new("Top:One:b", "2")]);

        IndexedJsonSource.Replace(((IConfigurationBuilder)configuration).Sources);

        Assert.IsType<IndexedJsonSource>(((IConfigurationBuilder)configuration).Sources.OfType<JsonConfigurationSource>().Single());
        Assert.Equal(["a", "b"], configuration.GetSection("Top:One").GetChildren().Select(child => child.Key));
        Assert.Equal(["x", "y"], configuration.GetSection("Top:List").GetChildren().Select(child => child.Value));
        configuration["Top:One:c"] = "3";
        Assert.Equal(["a", "b", "c"], configuration.GetSection("Top:One").GetChildren().Select(child => child.Key));
    }

    [Fact]
    public async Task Of_a_directory_only_the_file_is_watched()
    {
        using var scratch = new Scratch();
        Directory.CreateDirectory(Path.Combine(scratch["settings"], "data"));
        var file = Path.Combine(scratch["settings"], "edge.json");
        await File.WriteAllTextAsync(file, "1", TestContext.Current.CancellationToken);
        using var beside = new FileBeside(scratch["settings"], "edge.json");
        var token = beside.Watch("edge.json");

        await File.WriteAllTextAsync(Path.Combine(scratch["settings"], "data", "edge.json"), "2", TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(Path.Combine(scratch["settings"], "other.json"), "2", TestContext.Current.CancellationToken);
        Assert.False(token.HasChanged);
        await File.WriteAllTextAsync(file, "2", TestContext.Current.CancellationToken);

        await Wait.UntilAsync("the change is told", () => token.HasChanged);
        Assert.True(beside.GetFileInfo("edge.json").Exists);
    }

    private static string Text(IEnumerable<string> keys) => string.Join(' ', keys.Distinct(StringComparer.OrdinalIgnoreCase).Select(key => key.ToUpperInvariant()).Order(StringComparer.Ordinal));
}

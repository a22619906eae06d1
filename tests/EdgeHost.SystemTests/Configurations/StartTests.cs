using System.Text.Json.Nodes;
using EdgeHost.SystemTests.Edges;
using EdgeHost.SystemTests.Processes;

namespace EdgeHost.SystemTests.Configurations;

public sealed class StartTests : IDisposable
{
    private readonly Scratch scratch = new();

    [Fact]
    public async Task Lists_everything_that_is_wrong_and_does_not_start()
    {
        var config = Config()
            .Set("PublicUlr", "http://127.0.0.1:1")
            .Set("Live:ConectTimeout", "00:00:01")
            .Set("Live:CoveredHeadersTimeout", "01:00:00")
            .Set("Management:Token", "short")
            .Set("Store:Location", "s3://x")
            .Set("Origins:platform:Adress", "http://127.0.0.1:1")
            .Set("Origins:platform:Fall", 0)
            .Set("Sites:shop:Hosts", JsonNode.Parse("""["not a host"]"""))
            .Set("Sites:second", JsonNode.Parse("""{ "Hosts": ["second.example"], "Origin": "nowhere" }"""))
            .Set("Sites:third", JsonNode.Parse("""{ "Hosts": ["second.example"], "Origin": "platform" }"""));

        var finished = await EdgeProcess.RunToEndAsync(config, TestContext.Current.CancellationToken);

        Assert.NotEqual(0, finished.ExitCode);
        foreach (var named in new[]
        {
            "PublicUlr", "Live:ConectTimeout", "Live:CoveredHeadersTimeout", "Management:Token", "Store:Location", "Origins:platform:Adress", "Origins:platform:Fall", "Sites:shop:Hosts", "Sites:second:Origin",
            "Sites:third:Hosts",
        })
        {
            Assert.True(finished.Errors.Split('\n').Count(line => line.Contains($"EdgeHost:{named}:", StringComparison.Ordinal)) == 1, $"{named} is not named once in:\n{finished.All}");
        }

        Assert.DoesNotContain("   at ", finished.Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{ \"EdgeHost\": ")]
    [InlineData("")]
    public async Task Says_that_a_file_is_not_JSON(string content)
    {
        await File.WriteAllTextAsync(scratch["broken.json"], content, TestContext.Current.CancellationToken);

        var finished = await RunAsync("--config", scratch["broken.json"]);

        Assert.NotEqual(0, finished.ExitCode);
        Assert.Contains("broken.json", finished.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", finished.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Says_that_a_file_is_missing()
    {
        var finished = await RunAsync("--config", scratch["nowhere.json"]);

        Assert.NotEqual(0, finished.ExitCode);
        Assert.Contains("nowhere.json", finished.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Says_that_its_port_is_taken()
    {
        var cancel = TestContext.Current.CancellationToken;
        await using var origin = new RawOrigin();
        var config = Config().Set("PublicUrl", $"http://127.0.0.1:{origin.Port}");

        var finished = await EdgeProcess.RunToEndAsync(config, cancel);

        Assert.NotEqual(0, finished.ExitCode);
        Assert.Contains($"The edge can't start: Failed to bind to address http://127.0.0.1:{origin.Port}", finished.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("BackgroundService", finished.All, StringComparison.Ordinal);
        // The event log is written to its end, too.
        Assert.Contains("Hosting failed to start", finished.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Says_that_another_edge_has_its_data()
    {
        var cancel = TestContext.Current.CancellationToken;
        var first = Config();
        await using (var edge = await EdgeProcess.StartAsync(first, cancel))
        {
            var finished = await EdgeProcess.RunToEndAsync(SecondOn(first), cancel);

            Assert.Equal(1, finished.ExitCode);
            Assert.Matches(@"^The edge can't start: .*/data is in use by another edge\.", finished.Errors);
            await edge.KillAsync();
        }

        // However the first has ended.
        await using var second = await EdgeProcess.StartAsync(SecondOn(first), cancel);
    }

    [Fact]
    public async Task Loads_its_own_defaults_from_whatever_directory_it_is_started()
    {
        var cancel = TestContext.Current.CancellationToken;
        var elsewhere = Directory.CreateDirectory(scratch["elsewhere"]).FullName;
        await File.WriteAllTextAsync(Path.Combine(elsewhere, "appsettings.json"), """{ "EdgeHost": { "NotAKey": 1 } }""", cancel);

        await using var edge = await EdgeProcess.StartAsync(Config(), cancel, workingDirectory: elsewhere);

        // Compact JSON events come from the appsettings.json beside the program; without it nothing would be written.
        await Wait.UntilAsync("an event in compact JSON", TimeSpan.FromSeconds(5), () => edge.Log.Any(line => line.StartsWith("{\"@t\":", StringComparison.Ordinal)), cancel);
        Assert.All(edge.Log, line => Assert.StartsWith("{\"@t\":", line, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Stops_in_good_order_when_it_is_told_to()
    {
        var cancel = TestContext.Current.CancellationToken;
        await using var edge = await EdgeProcess.StartAsync(Config(), cancel);
        await edge.GetAsync("/last", "shop.example", cancel);

        var finished = await edge.StopAsync(cancel);

        Assert.Equal(0, finished.ExitCode);
        Assert.Contains(edge.ReadAccessLog(), line => line.Contains("/last", StringComparison.Ordinal));
    }

    public void Dispose() => scratch.Dispose();

    private EdgeConfig SecondOn(EdgeConfig first) => new EdgeConfig(scratch["second"], scratch["store"], Ports.Free(), "shop").Set("DataDirectory", Path.Combine(Path.GetDirectoryName(first.File)!, "data"));

    private EdgeConfig Config() => new(scratch["edge"], scratch["store"], Ports.Free(), "shop");

    private static Task<Finished> RunAsync(params string[] arguments) =>
        ChildProcess.RunAsync("dotnet", [Deployable.Edge, .. arguments], TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
}

using System.Text.Json.Nodes;
using EdgeHost.SystemTests.Edges;
using EdgeHost.SystemTests.Origins;

namespace EdgeHost.SystemTests.Configurations;

public sealed class ReloadTests : IAsyncDisposable
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(10);

    private readonly Scratch scratch = new();
    private readonly RawOrigin origin = new();

    [Fact]
    public async Task Takes_up_a_good_change_and_refuses_a_bad_one_whole()
    {
        var cancel = TestContext.Current.CancellationToken;
        var config = new EdgeConfig(scratch["edge"], scratch["store"], origin.Port, "shop");
        await using var edge = await EdgeProcess.StartAsync(config, cancel);
        Assert.Equal(421, (await edge.GetAsync("/", "added.example", cancel)).Status);

        config.Set("Sites:added", JsonNode.Parse("""{ "Hosts": ["added.example"], "Origin": "platform" }""")).Write();
        await Wait.UntilAsync("the added site answers", Soon, async () => (await edge.GetAsync("/", "added.example", cancel)).Status == 200, cancel);

        // One good change and two errors: nothing of it is taken up, and both errors are told.
        config.Set("Sites:later", JsonNode.Parse("""{ "Hosts": ["later.example"], "Origin": "platform" }"""))
            .Set("Sites:added:Origen", "platform")
            .Set("Origins:platform:Rise", 0)
            .Write();
        await Wait.UntilAsync("the refusal is reported", Soon, async () => (await ErrorsAsync(edge)).Count == 2, cancel);
        Assert.Contains(await ErrorsAsync(edge), error => error.Contains("Sites:added:Origen", StringComparison.Ordinal));
        Assert.Contains(await ErrorsAsync(edge), error => error.Contains("Origins:platform:Rise", StringComparison.Ordinal));
        Assert.Single(await edge.LoggedAsync("Sites:added:Origen", cancel));
        Assert.Equal(200, (await edge.GetAsync("/", "added.example", cancel)).Status);
        Assert.Equal(421, (await edge.GetAsync("/", "later.example", cancel)).Status);

        config.Set("Sites:added:Origen", null).Set("Origins:platform:Rise", 1).Write();
        await Wait.UntilAsync("the corrected configuration is in force", Soon, async () => (await edge.GetAsync("/", "later.example", cancel)).Status == 200, cancel);
        Assert.Empty(await ErrorsAsync(edge));
    }

    [Fact]
    public async Task Says_that_a_changed_file_is_not_JSON()
    {
        var cancel = TestContext.Current.CancellationToken;
        var config = new EdgeConfig(scratch["edge"], scratch["store"], origin.Port, "shop");
        await using var edge = await EdgeProcess.StartAsync(config, cancel);

        await File.WriteAllTextAsync(config.File, "{ \"EdgeHost\": {", cancel);
        await Wait.UntilAsync("the broken file is reported", Soon, async () => (await ErrorsAsync(edge)).Any(error => error.Contains("edge.json", StringComparison.Ordinal)), cancel);
        Assert.Single(await edge.LoggedAsync("edge.json", cancel));
        Assert.Equal(200, (await edge.GetAsync("/", "shop.example", cancel)).Status);

        config.Set("Sites:added", JsonNode.Parse("""{ "Hosts": ["added.example"], "Origin": "platform" }""")).Write();
        await Wait.UntilAsync("the corrected file is in force", Soon, async () => (await edge.GetAsync("/", "added.example", cancel)).Status == 200, cancel);
        Assert.Empty(await ErrorsAsync(edge));
    }

    [Fact]
    public async Task Refuses_a_change_that_would_take_most_sites_away()
    {
        var cancel = TestContext.Current.CancellationToken;
        var config = new EdgeConfig(scratch["edge"], scratch["store"], origin.Port, "shop");
        foreach (var id in new[] { "one", "two", "three" })
        {
            config.Set($"Sites:{id}", JsonNode.Parse($$"""{ "Hosts": ["{{id}}.example"], "Origin": "platform" }"""));
        }

        await using var edge = await EdgeProcess.StartAsync(config, cancel);
        config.Set("Sites:one", null).Set("Sites:two", null).Set("Sites:three", null).Write();

        await Wait.UntilAsync("the refusal is reported", Soon, async () => (await ErrorsAsync(edge)).Count == 1, cancel);
        Assert.Equal(200, (await edge.GetAsync("/", "one.example", cancel)).Status);
    }

    public async ValueTask DisposeAsync()
    {
        await origin.DisposeAsync();
        scratch.Dispose();
    }

    private static async Task<IReadOnlyList<string>> ErrorsAsync(EdgeProcess edge) =>
        [.. (await edge.Management.SitesAsync(TestContext.Current.CancellationToken)).GetProperty("edge").GetProperty("configurationErrors").EnumerateArray().Select(error => error.GetString()!)];
}

using System.Globalization;
using EdgeHost.SystemTests.Edges;
using EdgeHost.SystemTests.Processes;

namespace EdgeHost.SystemTests.Configurations;

/// <summary>Whatever tells the edge where its management listener is tells it to <c>EdgeHost health</c>, too.</summary>
public sealed class HealthCommandTests : IDisposable
{
    private const string Variable = "EdgeHost__Management__Url";

    private readonly Scratch scratch = new();
    private readonly string nowhere = Url("127.0.0.1", Ports.Free());

    [Fact]
    public async Task Finds_the_listener_as_the_edge_does()
    {
        var config = new EdgeConfig(scratch["edge"], scratch["store"], Ports.Free(), "shop");
        await using var edge = await EdgeProcess.StartAsync(config, TestContext.Current.CancellationToken);
        var url = Url("127.0.0.1", config.ManagementPort);

        Assert.Equal(0, await ExitCodeAsync(null, "--config", config.File));
        Assert.Equal(0, await ExitCodeAsync(nowhere, "--config", config.File, "--management", url));
        Assert.Equal(1, await ExitCodeAsync(null, "--config", config.File, "--management", nowhere));

        // Where the edge runs is its own to say: not the environment's that asks, and not that of a file which was changed or broken since.
        Assert.Equal(0, await ExitCodeAsync(nowhere, "--config", config.File));
        config.Set("Management:Url", nowhere).Write();
        Assert.Equal(0, await ExitCodeAsync(null, "--config", config.File));
        await File.WriteAllTextAsync(config.File, "{ \"EdgeHost\": ", TestContext.Current.CancellationToken);
        Assert.Equal(0, (await RunAsync(null, scratch["edge/data"], "--config", config.File)).ExitCode);

        // Without its note, the configuration is believed: the environment before the file.
        File.Delete(scratch["edge/data/management.url"]);
        config.Set("Management:Url", url).Write();
        Assert.Equal(0, await ExitCodeAsync(null, "--config", config.File));
        Assert.Equal(1, await ExitCodeAsync(nowhere, "--config", config.File));

        // Without a file, and with a listener that stands for any address.
        Assert.Equal(0, await ExitCodeAsync(Url("+", config.ManagementPort)));
        Assert.Equal(0, await ExitCodeAsync(Url("*", config.ManagementPort)));

        await edge.KillAsync();
        Assert.Equal(1, await ExitCodeAsync(null, "--config", config.File));
    }

    [Theory]
    [InlineData("nowhere.json", null)]
    [InlineData("broken.json", "{ \"EdgeHost\": ")]
    [InlineData("wrong.json", "{ \"EdgeHost\": { \"Management\": { \"Url\": \"here\" } } }")]
    public async Task Says_what_is_wrong_with_the_file(string name, string? content)
    {
        if (content is not null)
        {
            await File.WriteAllTextAsync(scratch[name], content, TestContext.Current.CancellationToken);
        }

        var finished = await RunAsync(null, scratch["nothing"], "--config", scratch[name]);

        Assert.Equal(1, finished.ExitCode);
        Assert.Contains(name == "wrong.json" ? "'here'" : name, finished.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", finished.Errors, StringComparison.Ordinal);
    }

    public void Dispose() => scratch.Dispose();

    private static string Url(string host, int port) => string.Create(CultureInfo.InvariantCulture, $"http://{host}:{port}");

    private static async Task<int> ExitCodeAsync(string? variable, params string[] arguments) => (await RunAsync(variable, null, arguments)).ExitCode;

    private static Task<Finished> RunAsync(string? variable, string? dataDirectory, params string[] arguments) => ChildProcess.RunAsync(
        "dotnet", [Deployable.Edge, "health", .. arguments], TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken, new Dictionary<string, string?> { [Variable] = variable, ["EdgeHost__DataDirectory"] = dataDirectory });
}

using System.Text.Json;
using EdgeHost.SystemTests.Edges;
using EdgeHost.SystemTests.Origins;
using EdgeHost.SystemTests.Processes;

namespace EdgeHost.SystemTests.Packaging;

/// <summary>What the Dockerfile puts into its images, started as it says there, by a user without rights.</summary>
public sealed class ImageTests : IAsyncDisposable
{
    // The images' APP_UID.
    private static readonly string[] AsNobody = ["--reuid=1654", "--regid=1654", "--clear-groups", "--no-new-privs"];

    private readonly Scratch scratch = new();
    private readonly RawOrigin origin = new();

    [Fact]
    public async Task The_published_programs_run_as_a_user_without_rights()
    {
        var cancel = TestContext.Current.CancellationToken;
        Assert.SkipWhen(TestEnvironment.Root is null, "no repository to publish from: EDGEHOST_TEST_ROOT is not set");
        Assert.SkipUnless(Environment.UserName == "root", "only root can become another user");
        OpenToAll(scratch.Path);
        var published = await ChildProcess.RunAsync(Path.Combine(TestEnvironment.Root!, "tests", "packaging", "publish-step.sh"), [scratch["out"]], TimeSpan.FromMinutes(5), cancel);
        Assert.True(published.ExitCode == 0, published.All);
        var images = published.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split('\t')).ToDictionary(
            line => line[0], line => (Directory: line[1], Entrypoint: JsonSerializer.Deserialize<string[]>(line[2])!));
        Assert.Equal(["edge", "static-export"], images.Keys.Order());

        var help = await RunAsync(images["static-export"], ["--help"]);
        Assert.True(help.ExitCode == 0, help.All);
        Assert.Contains("publish", help.Output, StringComparison.Ordinal);
        var store = Directory.CreateDirectory(scratch["store"]).FullName;
        OpenToAll(store);
        var init = await RunAsync(images["static-export"], ["init", "--store", store]);
        Assert.True(init.ExitCode == 0, init.All);

        // As the image sets it: the data directory is the volume's, and the configuration comes by the environment.
        var config = new EdgeConfig(scratch["edge"], store, origin.Port, "shop");
        OpenToAll(scratch["edge"]);
        var data = Directory.CreateDirectory(scratch["data"]).FullName;
        OpenToAll(data);
        config.Set("DataDirectory", data).Set("AccessLog:Path", "-").Write();
        File.SetUnixFileMode(config.File, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead);
        await using var edge = Start(images["edge"], ["--config", config.File]);
        using var management = new ManagementClient(config);
        await Wait.UntilAsync("the edge is alive", TimeSpan.FromSeconds(30), async () =>
        {
            Assert.False(edge.HasExited, $"{edge.Output.Text}\n{edge.Errors.Text}");
            return await management.StatusAsync("/healthz/live", cancel) == System.Net.HttpStatusCode.OK && await management.StatusAsync("/healthz/ready", cancel) == System.Net.HttpStatusCode.OK;
        }, cancel);

        await using (var connection = await Http.RawConnection.OpenAsync(config.PublicPort, cancel))
        {
            await connection.SendAsync("GET /through HTTP/1.1\r\nHost: shop.example\r\n\r\n", cancel);
            Assert.Equal((200, "live"), ((await connection.ReadResponseAsync(cancel)) is var answer ? (answer.Status, answer.Decision) : default));
        }

        var health = await RunAsync(images["edge"], ["health", "--management", $"http://127.0.0.1:{config.ManagementPort}"]);
        Assert.True(health.ExitCode == 0, health.All);
        Assert.Equal(1654, OwnerOf(edge.Id));
        await edge.KillAsync();
        var dead = await RunAsync(images["edge"], ["health", "--management", $"http://127.0.0.1:{config.ManagementPort}"]);
        Assert.True(dead.ExitCode == 1, dead.All);
    }

    public async ValueTask DisposeAsync()
    {
        await origin.DisposeAsync();
        scratch.Dispose();
    }

    private static ChildProcess Start((string Directory, string[] Entrypoint) image, string[] arguments) =>
        ChildProcess.Start("setpriv", [.. AsNobody, .. image.Entrypoint, .. arguments], Environ, image.Directory);

    private static Task<Finished> RunAsync((string Directory, string[] Entrypoint) image, string[] arguments) => ChildProcess.RunAsync(
        "setpriv", [.. AsNobody, .. image.Entrypoint, .. arguments], TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken, Environ, image.Directory);

    // The images bring the runtime; here it is the one that runs this test, wherever that lies.
    private static Dictionary<string, string?> Environ => new() { ["HOME"] = "/tmp", ["DOTNET_ROOT"] = RuntimeRoot };

    private static string RuntimeRoot => Path.GetFullPath(Path.Combine(System.Runtime.InteropServices.RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", ".."));

    private static void OpenToAll(string directory) => File.SetUnixFileMode(directory, (UnixFileMode)0b111_111_111);

    private static int OwnerOf(int pid) =>
        int.Parse(File.ReadLines($"/proc/{pid}/status").First(line => line.StartsWith("Uid:", StringComparison.Ordinal)).Split('\t')[1], System.Globalization.CultureInfo.InvariantCulture);
}

using System.Globalization;
using System.Net;
using EdgeHost.SystemTests.Edges;
using EdgeHost.SystemTests.Origins;
using EdgeHost.SystemTests.Processes;

namespace EdgeHost.SystemTests.Packaging;

/// <summary>What the Dockerfile puts into its images, started as it says there, by a user without rights.</summary>
public sealed class ImageTests : IAsyncDisposable
{
    private readonly Scratch scratch = new();
    private readonly RawOrigin origin = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_published_programs_run_as_a_user_without_rights()
    {
        Assert.SkipWhen(TestEnvironment.Root is null, "no repository to publish from: EDGEHOST_TEST_ROOT is not set");
        Assert.SkipUnless(Environment.UserName == "root", "only root can become another user");
        OpenToAll(scratch.Path);
        var published = await ChildProcess.RunAsync(Path.Combine(TestEnvironment.Root!, "tests", "packaging", "publish-step.sh"), [scratch["out"]], TimeSpan.FromMinutes(5), Cancel);
        Assert.True(published.ExitCode == 0, published.All);
        var images = Image.Read(published.Output);
        Assert.Equal(["edge", "static-export"], images.Keys.Order());

        var help = await images["static-export"].RunAsync("--help");
        Assert.True(help.ExitCode == 0, help.All);
        Assert.Contains("publish", help.Output, StringComparison.Ordinal);
        var store = OpenToAll(Directory.CreateDirectory(scratch["store"]).FullName);
        var init = await images["static-export"].RunAsync("init", "--store", store);
        Assert.True(init.ExitCode == 0, init.All);

        await TheEdgeRunsAsync(images["edge"], store);
    }

    public async ValueTask DisposeAsync()
    {
        await origin.DisposeAsync();
        scratch.Dispose();
    }

    // The image's own settings hold where they are made: neither the file nor an argument says where to listen and what to write to.
    private async Task TheEdgeRunsAsync(Image image, string store)
    {
        var config = new EdgeConfig(scratch["edge"], store, origin.Port, "shop");
        OpenToAll(scratch["edge"]);
        var data = OpenToAll(Directory.CreateDirectory(scratch["data"]).FullName);
        config.Set("PublicUrl", null).Set("DataDirectory", null).Set("Management:Url", null).Set("AccessLog:Path", "-").Write();
        File.SetUnixFileMode(config.File, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead);
        image.Remap(data, config.PublicPort);
        image.Add("EdgeHost__Management__Url", string.Create(CultureInfo.InvariantCulture, $"http://+:{config.ManagementPort}"));

        await using var edge = image.Start("--config", config.File);
        using var management = new ManagementClient(config);
        await Wait.UntilAsync("the edge is alive", TimeSpan.FromSeconds(30), async () =>
        {
            Assert.False(edge.HasExited, $"{edge.Output.Text}\n{edge.Errors.Text}");
            return await management.StatusAsync("/healthz/live", Cancel) == HttpStatusCode.OK && await management.StatusAsync("/healthz/ready", Cancel) == HttpStatusCode.OK;
        }, Cancel);

        using (var connection = await RawConnection.OpenAsync(config.PublicPort, Cancel))
        {
            await connection.SendAsync("GET /through HTTP/1.1\r\nHost: shop.example\r\n\r\n", Cancel);
            var answer = await connection.ReadResponseAsync(Cancel);
            Assert.Equal((200, "live"), (answer.Status, answer.DecisionKind));
        }

        Assert.True(Directory.Exists(Path.Combine(data, "replica")), $"nothing of the edge's is in its data directory: {string.Join(' ', Directory.GetFileSystemEntries(data))}");
        var healthy = await image.CheckHealthAsync();
        Assert.True(healthy.ExitCode == 0, healthy.All);
        Assert.Equal(Image.UserId, OwnerOf(edge.Id));
        await edge.KillAsync();
        var dead = await image.CheckHealthAsync();
        Assert.True(dead.ExitCode == 1, dead.All);
    }

    private static string OpenToAll(string directory)
    {
        File.SetUnixFileMode(directory, (UnixFileMode)0b111_111_111);
        return directory;
    }

    private static int OwnerOf(int pid) =>
        int.Parse(File.ReadLines($"/proc/{pid}/status").First(line => line.StartsWith("Uid:", StringComparison.Ordinal)).Split('\t')[1], CultureInfo.InvariantCulture);
}

using System.Diagnostics;
using EdgeHost.SystemTests.Exports;

namespace EdgeHost.SystemTests.StoreFaults;

/// <summary>A disk that is really full, under the whole replica: visitors don't notice, operators do, and it ends by itself.</summary>
public sealed class FullDiskTests : IAsyncDisposable
{
    private const string Style = "/style.css";

    private readonly FaultBench bench = new();
    private bool mounted;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private string Data => bench.Scratch["edge/data"];

    [Fact]
    public async Task A_full_disk_stops_new_snapshots_and_nothing_else()
    {
        await MountAsync();
        var pages = FaultBench.Pages("version 1");
        pages[Style] = HandMadeSnapshot.Page("not in the replica", 100_000);
        await HandMadeSnapshot.PublishAsync(bench.Store, FaultBench.Site, pages, Cancel);
        await bench.StartAsync(config => config.Set($"Sites:{FaultBench.Site}:Replica", "Hot"));
        await bench.UntilShownAsync("version 1");
        var filler = Path.Combine(Data, "filler");
        await FillAsync(filler);

        await bench.PublishAsync("version 2");

        await Wait.UntilAsync("it is told", FaultBench.Soon, async () => (await bench.Edge.Management.SitesAsync(Cancel)).GetProperty("edge").GetProperty("replica").TryGetProperty("problem", out _), Cancel);
        await Wait.UntilAsync("the new snapshot is said not to be taken up", FaultBench.Soon, async () => await bench.ProblemAsync() is { Length: > 0 }, Cancel);
        await bench.AssertShownAsync("version 1");
        var style = await bench.Edge.GetAsync(Style, FaultBench.Host, Cancel);
        Assert.Equal((200, pages[Style]), (style.Status, style.Text));
        Assert.Single(await bench.ErrorsAsync("\"Id\":305,"));
        Assert.Empty(Directory.EnumerateFiles(Path.Combine(Data, "replica", ".tmp")));

        File.Delete(filler);
        await bench.UntilShownAsync("version 2");
        await bench.Edge.LoggedAsync("\"Id\":306,", Cancel);
        Assert.Null(await bench.ProblemAsync());
    }

    public async ValueTask DisposeAsync()
    {
        if (mounted)
        {
            await RunAsync("umount", "-l", Data);
        }

        await bench.DisposeAsync();
    }

    private async Task MountAsync()
    {
        Directory.CreateDirectory(Data);
        mounted = OperatingSystem.IsLinux() && Environment.IsPrivilegedProcess && await RunAsync("mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", Data);
        Assert.SkipUnless(mounted, "a small file system can't be mounted here: that takes root, and a container that may");
    }

    private static async Task FillAsync(string path)
    {
        await using var file = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0);
        try
        {
            while (true)
            {
                file.Write(new byte[4096]);
            }
        }
        catch (IOException)
        {
            // That was the last block.
        }
    }

    private static async Task<bool> RunAsync(string program, params IEnumerable<string> arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
        await process.WaitForExitAsync(CancellationToken.None);
        return process.ExitCode == 0;
    }
}

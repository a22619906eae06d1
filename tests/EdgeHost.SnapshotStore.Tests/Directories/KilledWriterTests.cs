using System.Diagnostics;
using EdgeHost.SnapshotStore.Blobs;
using EdgeHost.SnapshotStore.Identity;
using EdgeHost.SnapshotStore.Journals;
using EdgeHost.SnapshotStore.Operating;

namespace EdgeHost.SnapshotStore.Tests.Directories;

public sealed class KilledWriterTests
{
    private const int Rounds = 25;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Whatever_is_visible_after_a_kill_in_mid_write_is_whole()
    {
        await using var under = new DirectoryUnderTest();
        var (blobs, records, cut) = (0, 0L, 0);
        for (var round = 0; round < Rounds; round++)
        {
            await WriteAndKillAsync(under.Root);
            var store = under.Open();
            (blobs, records) = await CheckAsync(store);
            cut = Directory.GetFiles(Path.Combine(under.Root, ".tmp")).Length;
            DeleteBlobs(under.Root);
        }

        Assert.True(records > Rounds, $"{records} records in {Rounds} rounds: the writers were killed too early");
        Assert.True(cut > 0, "no writer was killed in mid-write");
        TestContext.Current.TestOutputHelper?.WriteLine($"{Rounds} kills, {records} records, {blobs} blobs in the last round, {cut} files cut short and never visible");
    }

    private static async Task WriteAndKillAsync(string root)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!) { RedirectStandardOutput = true, UseShellExecute = false };
        if (Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet")
        {
            start.ArgumentList.Add(typeof(KilledWriterTests).Assembly.Location);
        }

        start.Environment[KilledWriter.Variable] = root;
        using var writer = Process.Start(start)!;
        try
        {
            Assert.Equal("writing", await writer.StandardOutput.ReadLineAsync(Cancel));
            await Task.Delay(TimeSpan.FromMilliseconds(Random.Shared.Next(5, 150)), TimeProvider.System, Cancel);
        }
        finally
        {
            writer.Kill();
            await writer.WaitForExitAsync(Cancel);
        }
    }

    private static async Task<(int Blobs, long Records)> CheckAsync(ISnapshotStore store)
    {
        var blobs = 0;
        await foreach (var key in store.ListAsync("sites/", Cancel))
        {
            Assert.Equal(key, StoreKeys.Blob(Some.Site, BlobHash.Of((await store.ReadAsync(key, Cancel))!)));
            blobs++;
        }

        var identity = await StoreIdentity.ReadAsync(store, Cancel);
        var view = await new Journal<OpsState>(store, TimeProvider.System).OpenAsync(identity.Id, Cancel);
        Assert.Null(view.Blocked);
        await foreach (var key in store.ListAsync(StoreKeys.Checkpoints("ops"), Cancel))
        {
            Assert.NotNull(Checkpoint.TryRead<OpsState>((await store.ReadAsync(key, Cancel))!));
        }

        return (blobs, view.Head.Number);
    }

    // Only to spare the disk: they have been checked.
    private static void DeleteBlobs(string root)
    {
        if (Directory.Exists(Path.Combine(root, "sites")))
        {
            Directory.Delete(Path.Combine(root, "sites"), recursive: true);
        }
    }
}

using System.Diagnostics;
using EdgeHost.SnapshotStore.Blobs;
using EdgeHost.SnapshotStore.Identity;
using EdgeHost.SnapshotStore.Journals;
using EdgeHost.SnapshotStore.Operating;

namespace EdgeHost.SnapshotStore.Tests.Directories;

public sealed class KilledWriterTests
{
    private const int Kills = 10;

    // Some find no writer between the first byte of an object and its name.
    private const int MostRounds = 5 * Kills;

    private const int MostRecords = 8;

    private static readonly TimeSpan ReportWithin = TimeSpan.FromSeconds(60);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Whatever_is_visible_after_a_kill_in_mid_write_is_whole()
    {
        await using var under = new DirectoryUnderTest();
        var (kills, rounds, written, cut) = (0, 0, 0, 0);
        while (kills < Kills)
        {
            Assert.True(rounds++ < MostRounds, $"of {MostRounds} kills only {kills} were in mid-write");
            var reported = await WriteAndKillAsync(under.Root);
            var visible = await CheckAsync(under.Open());
            Assert.Empty(reported.Except(visible));
            var left = Directory.GetFiles(Path.Combine(under.Root, ".tmp")).Length;
            (kills, written, cut) = (left > cut ? kills + 1 : kills, written + reported.Count, left);
            DeleteBlobs(under.Root);
        }

        TestContext.Current.TestOutputHelper?.WriteLine($"{rounds} kills, {kills} of them in mid-write; {written} objects reported and found, {cut} files cut short and never visible");
    }

    /// <summary>Kills a writer when it has written so and so much, and answers the keys that it has reported until then.</summary>
    private static async Task<IReadOnlyList<string>> WriteAndKillAsync(string root)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!) { RedirectStandardOutput = true, UseShellExecute = false };
        if (Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet")
        {
            start.ArgumentList.Add(typeof(KilledWriterTests).Assembly.Location);
        }

        start.Environment[KilledWriter.Variable] = root;
        using var writer = Process.Start(start)!;
        var reported = new List<string>();
        try
        {
            Assert.Equal(KilledWriter.Begun, await NextAsync(writer));
            var began = Stopwatch.GetTimestamp();
            var records = Random.Shared.Next(1, MostRecords);
            for (var seen = 0; seen < records; seen += StoreKeys.RecordNumber(OpsState.Journal, reported[^1]) is null ? 0 : 1)
            {
                reported.Add(await NextAsync(writer) ?? throw new InvalidOperationException("The writer has ended by itself."));
            }

            // Anywhere in what it writes next, however long that takes on this disk.
            await Task.Delay(Stopwatch.GetElapsedTime(began) / records * 2 * Random.Shared.NextDouble(), TimeProvider.System, Cancel);
        }
        finally
        {
            writer.Kill();
            await writer.WaitForExitAsync(Cancel);
        }

        while (await NextAsync(writer) is { } key)
        {
            reported.Add(key);
        }

        return reported;
    }

    private static Task<string?> NextAsync(Process writer) => writer.StandardOutput.ReadLineAsync(Cancel).AsTask().WaitAsync(ReportWithin, TimeProvider.System, Cancel);

    /// <summary>Reads everything, and answers the keys.</summary>
    private static async Task<IReadOnlySet<string>> CheckAsync(ISnapshotStore store)
    {
        var keys = new HashSet<string>(StringComparer.Ordinal);
        await foreach (var key in store.ListAsync("sites/", Cancel))
        {
            Assert.Equal(key, StoreKeys.Blob(Some.Site, BlobHash.Of((await store.ReadAsync(key, Cancel))!)));
            keys.Add(key);
        }

        var identity = await StoreIdentity.ReadAsync(store, Cancel);
        var journal = new Journal<OpsState>(store, TimeProvider.System);
        Assert.Null((await journal.OpenAsync(identity.Id, Cancel)).Blocked);
        await foreach (var record in journal.RecordsAsync(identity.Id, Cancel))
        {
            keys.Add(StoreKeys.Record(OpsState.Journal, record.Number));
        }

        await foreach (var key in store.ListAsync(StoreKeys.Checkpoints(OpsState.Journal), Cancel))
        {
            Assert.NotNull(Checkpoint.TryRead<OpsState>((await store.ReadAsync(key, Cancel))!));
        }

        return keys;
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

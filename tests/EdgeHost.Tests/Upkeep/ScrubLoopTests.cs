using EdgeHost.Following;
using EdgeHost.Tests.FrontDoor;
using EdgeHost.Upkeep;
using Microsoft.Extensions.DependencyInjection;

namespace EdgeHost.Tests.Upkeep;

public sealed class ScrubLoopTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact(Timeout = 30_000)]
    public async Task What_the_disk_has_damaged_or_lost_is_brought_from_the_store()
    {
        await using var bench = await StartAsync();
        var (damaged, lost) = (BlobPath(bench, "/film.mp4"), BlobPath(bench, "/about"));
        var content = await File.ReadAllBytesAsync(damaged, Cancel);
        await DamageAsync(damaged);
        File.Delete(lost);

        var report = await ScrubAsync(bench);

        Assert.Equal((1, 1, 2), (report.Damaged, report.Missing, report.Repaired));
        Assert.Equal(content, await File.ReadAllBytesAsync(damaged, Cancel));
        Assert.True(File.Exists(lost));
        Assert.Equal(2, bench.Log.Events.Count(one => one.Id == 325));
        Assert.Contains(bench.Log.Events, one => one.Id == 326);
    }

    [Fact(Timeout = 30_000)]
    public async Task A_sound_replica_is_read_through_without_a_finding()
    {
        await using var bench = await StartAsync();

        var report = await ScrubAsync(bench);

        Assert.Equal((0, 0, 0), (report.Damaged, report.Missing, report.Repaired));
        Assert.Equal(Some.Draft().Blobs.Count, report.Checked);
        Assert.NotNull(report.CompletedAt);
    }

    [Fact(Timeout = 30_000)]
    public async Task While_the_store_is_gone_damage_is_counted_and_mended_later()
    {
        await using var bench = await StartAsync();
        var damaged = BlobPath(bench, "/film.mp4");
        await DamageAsync(damaged);
        Directory.Move(bench.StoreDirectory, bench.StoreDirectory + ".away");

        Assert.Equal((1, 0), (await ScrubAsync(bench)) is var report ? (report.Damaged, report.Repaired) : default);

        Directory.Move(bench.StoreDirectory + ".away", bench.StoreDirectory);
        await Wait.UntilAsync("it is mended", async () => (await ScrubAsync(bench)).Repaired == 1);
    }

    [Fact(Timeout = 30_000)]
    public async Task Damage_that_nothing_refers_to_is_left_alone()
    {
        await using var bench = await StartAsync();
        var stray = Path.Combine(bench.DataDirectory, "replica", "sites", "nova", "blobs", "ab", new string('a', 64));
        Directory.CreateDirectory(Path.GetDirectoryName(stray)!);
        await File.WriteAllTextAsync(stray, "other bytes", Cancel);

        var report = await ScrubAsync(bench);

        Assert.Equal((1, 0), (report.Damaged, report.Repaired));
    }

    private static async Task<Bench> StartAsync()
    {
        var bench = await Bench.StartAsync(("Replica:ScrubMegabytesPerSecond", "1000"));
        await bench.StoreStateIsAsync(StoreHealth.Ok);
        return bench;
    }

    private static async Task<ScrubReport> ScrubAsync(Bench bench)
    {
        var loop = bench.Services.GetRequiredService<ScrubLoop>();
        await loop.ScrubAsync(Cancel);
        return loop.Report;
    }

    private static async Task DamageAsync(string path)
    {
        var content = await File.ReadAllBytesAsync(path, Cancel);
        content[^1] ^= 1;
        await File.WriteAllBytesAsync(path, content, Cancel);
    }

    private static string BlobPath(Bench bench, string key)
    {
        var hash = Some.Draft().Manifest.Entries.Single(entry => entry.Key == key).Bodies[0].Hash.Text;
        return Path.Combine(bench.DataDirectory, "replica", "sites", "nova", "blobs", hash[..2], hash);
    }
}

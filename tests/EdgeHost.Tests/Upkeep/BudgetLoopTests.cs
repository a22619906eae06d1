using System.Text.Json;
using EdgeHost.Following;
using EdgeHost.SnapshotStore.Blobs;
using EdgeHost.Tests.FrontDoor;
using EdgeHost.Upkeep;
using Microsoft.Extensions.DependencyInjection;

namespace EdgeHost.Tests.Upkeep;

public sealed class BudgetLoopTests
{
    private const string Film = "/film.mp4";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact(Timeout = 30_000)]
    public async Task A_site_that_keeps_its_documents_loses_its_films_and_gets_them_back()
    {
        await using var bench = await Bench.StartAsync(("Replica:BudgetMegabytes", "1"), ("Sites:nova:Replica", "Hot"), ("Sites:nova:SnapshotFirst:0", "/"));
        Assert.Equal(200, (await bench.GetAsync(Film)).Status);
        var (film, home) = (BlobPath(bench, Film), BlobPath(bench, "/"));
        Assert.True(File.Exists(film));
        await bench.StoreStateIsAsync(StoreHealth.Ok);
        MakeOld(bench);

        await KeepAsync(bench);

        Assert.False(File.Exists(film));
        Assert.True(File.Exists(home));
        Assert.Contains(bench.Log.Events, one => one.Id == 320);
        Assert.DoesNotContain(bench.Log.Events, one => one.Id == 321);
        Assert.Equal(200, (await bench.GetAsync(Film)).Status);
        Assert.True(File.Exists(film));
    }

    [Fact(Timeout = 30_000)]
    public async Task What_a_site_that_keeps_all_serves_stays_and_that_is_said_once()
    {
        await using var bench = await Bench.StartAsync(("Replica:BudgetMegabytes", "1"));
        await bench.StoreStateIsAsync(StoreHealth.Ok);
        MakeOld(bench);
        var before = Files(bench);

        await KeepAsync(bench);
        await KeepAsync(bench);

        Assert.Equal(before, Files(bench));
        Assert.Single(bench.Log.Events, one => one.Id == 321);
        var status = JsonElement.Parse(await bench.Management.GetStringAsync(new Uri("/api/v1/sites", UriKind.Relative), Cancel)).GetProperty("edge").GetProperty("replica");
        Assert.Equal(1024 * 1024, status.GetProperty("budgetBytes").GetInt64());
        Assert.InRange(status.GetProperty("bytes").GetInt64(), 1_500_000, 1_600_000);
        Assert.Contains("larger than its budget", status.GetProperty("problem").GetString(), StringComparison.Ordinal);
    }

    [Fact(Timeout = 30_000)]
    public async Task While_the_store_is_gone_only_what_nobody_needs_goes()
    {
        await using var bench = await Bench.StartAsync(("Replica:BudgetMegabytes", "1"), ("Sites:nova:Replica", "Hot"), ("Sites:nova:SnapshotFirst:0", "/"));
        await bench.GetAsync(Film);
        var stray = BlobPath(bench, BlobHash.Of("nobody's"u8));
        Directory.CreateDirectory(Path.GetDirectoryName(stray)!);
        await File.WriteAllBytesAsync(stray, "nobody's"u8.ToArray(), Cancel);
        Directory.Move(bench.StoreDirectory, bench.StoreDirectory + ".away");
        await bench.StoreStateIsAsync(StoreHealth.Unreachable);
        MakeOld(bench);

        await KeepAsync(bench);

        Assert.False(File.Exists(stray));
        Assert.True(File.Exists(BlobPath(bench, Film)));
        Assert.Contains(bench.Log.Events, one => one.Id == 321 && one.Message.Contains("while the store gives nothing", StringComparison.Ordinal));
    }

    [Fact(Timeout = 30_000)]
    public async Task Without_a_budget_nothing_is_removed()
    {
        await using var bench = await Bench.StartAsync(("Sites:nova:Replica", "None"));
        await bench.StoreStateIsAsync(StoreHealth.Ok);
        var stray = BlobPath(bench, BlobHash.Of("nobody's"u8));
        Directory.CreateDirectory(Path.GetDirectoryName(stray)!);
        await File.WriteAllBytesAsync(stray, "nobody's"u8.ToArray(), Cancel);
        MakeOld(bench);

        await KeepAsync(bench);

        Assert.True(File.Exists(stray));
    }

    [Fact(Timeout = 30_000)]
    public async Task A_site_that_the_configuration_does_not_have_goes_before_what_is_served()
    {
        await using var bench = await Bench.StartAsync(("Replica:BudgetMegabytes", "1"), ("Sites:nova:Replica", "Hot"));
        await bench.StoreStateIsAsync(StoreHealth.Ok);
        var other = Path.Combine(bench.DataDirectory, "replica", "sites", "removed", "blobs", "ab", new string('a', 64));
        Directory.CreateDirectory(Path.GetDirectoryName(other)!);
        await File.WriteAllBytesAsync(other, new byte[1_100_000], Cancel);
        MakeOld(bench);

        await KeepAsync(bench);

        Assert.False(File.Exists(other));
        Assert.True(File.Exists(BlobPath(bench, "/")));
    }

    private static Task KeepAsync(Bench bench) => bench.Services.GetRequiredService<BudgetLoop>().KeepAsync(Cancel);

    private static string BlobPath(Bench bench, string key) => BlobPath(bench, Some.Draft().Manifest.Entries.Single(entry => entry.Key == key).Bodies[0].Hash);

    private static string BlobPath(Bench bench, BlobHash hash) => Path.Combine(bench.DataDirectory, "replica", "sites", "nova", "blobs", hash.Text[..2], hash.Text);

    private static List<string> Files(Bench bench) => [.. Directory.EnumerateFiles(Path.Combine(bench.DataDirectory, "replica", "sites"), "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)];

    private static void MakeOld(Bench bench)
    {
        foreach (var file in Files(bench))
        {
            File.SetLastWriteTimeUtc(file, TimeProvider.System.GetUtcNow().UtcDateTime.AddHours(-2));
        }
    }
}

using System.Text;
using EdgeHost.SnapshotStore;
using EdgeHost.SnapshotStore.Blobs;
using EdgeHost.SnapshotStore.Sites;
using EdgeHost.SystemTests.Exports;

namespace EdgeHost.SystemTests.StoreFaults;

/// <summary>An edge that is killed while the rest of a snapshot comes in, and finds neither platform nor store: it serves a whole snapshot all the same.</summary>
public sealed class KilledWhileFillingTests : IAsyncDisposable
{
    private const string Film = "/film.css";

    private static readonly string FilmContent = HandMadeSnapshot.Page("Film", 12_000_000);

    private readonly FaultBench bench = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Serves_the_snapshot_before_until_all_of_the_next_is_here()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "no symbolic links that lead nowhere");
        await bench.PublishAsync("version 1");
        await bench.StartAsync();
        await bench.UntilShownAsync("version 1");
        var film = Path.Combine(bench.Store, StoreKeys.Blob(SiteId.Parse(FaultBench.Site), BlobHash.Of(Encoding.UTF8.GetBytes(FilmContent))));
        var pages = FaultBench.Pages("version 2");
        pages[Film] = FilmContent;

        // It is there, and can't be read: a link that leads to itself.
        await HandMadeSnapshot.PublishAsync(bench.Store, FaultBench.Site, pages, Cancel, _ =>
        {
            File.Move(film, film + ".away");
            File.CreateSymbolicLink(film, film);
        });
        await bench.UntilShownAsync("version 2");
        Assert.Equal(503, (await bench.Edge.GetAsync(Film, FaultBench.Host, Cancel)).Status);
        Assert.Equal(1, (await bench.Edge.Management.SiteAsync(Cancel)).GetProperty("replica").GetProperty("pendingBodies").GetInt32());

        await RestartWithoutStoreAsync("version 1");
        await bench.UntilShownAsync("version 2");
        File.Delete(film);
        File.Move(film + ".away", film);
        await bench.Edge.LoggedAsync("\"Id\":203,", Cancel, FaultBench.Soon);
        await RestartWithoutStoreAsync("version 2", [Film]);
    }

    public ValueTask DisposeAsync() => bench.DisposeAsync();

    private async Task RestartWithoutStoreAsync(string version, params IEnumerable<string> also)
    {
        await bench.Edge.KillAsync();
        Directory.Move(bench.Store, bench.Store + ".away");
        await bench.Edge.StartAgainAsync(Cancel);
        foreach (var target in FaultBench.Pages(version).Keys.Concat(also))
        {
            var answer = await bench.Edge.GetAsync(target, FaultBench.Host, Cancel);
            Assert.Equal((200, "snapshot"), (answer.Status, answer.DecisionKind));
            Assert.Equal(target == Film ? FilmContent : FaultBench.Pages(version)[target], answer.Text);
        }

        Directory.Move(bench.Store + ".away", bench.Store);
    }
}

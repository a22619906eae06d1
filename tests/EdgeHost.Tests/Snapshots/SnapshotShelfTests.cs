using EdgeHost.Replicas;
using EdgeHost.Snapshots;
using EdgeHost.SnapshotStore.Manifests;
using Microsoft.Extensions.Logging.Abstractions;

namespace EdgeHost.Tests.Snapshots;

public sealed class SnapshotShelfTests : IDisposable
{
    private const int Snapshots = 40;

    private readonly Scratch scratch = new();
    private readonly ReplicaLayout layout;
    private readonly IndexFiles files;
    private readonly SnapshotShelf shelf;

    public SnapshotShelfTests()
    {
        layout = new ReplicaLayout(scratch["data"]);
        files = new IndexFiles(layout, NullLogger<IndexFiles>.Instance);
        shelf = new SnapshotShelf(files, new SnapshotOptions { IndexMegabytes = 1 });
    }

    public void Dispose() => scratch.Dispose();

    [Fact]
    public void Takes_no_more_memory_than_it_may_and_gives_everything_all_the_same()
    {
        var all = Enumerable.Range(0, Snapshots).Select(Lay).ToList();
        Assert.Equal((0, 0), shelf.Held);

        for (var round = 0; round < 2; round++)
        {
            foreach (var snapshot in all)
            {
                for (var page = 0; page < 300; page++)
                {
                    Assert.Equal($"/page-{page}", snapshot.Find("http", Some.Host, Some.Target($"/page-{page}"), TimeProvider.System)!.Value.Entry.Key);
                    Assert.InRange(shelf.Held.Weight, 1, 1024 * 1024);
                }
            }
        }

        Assert.InRange(shelf.Held.Count, 2, Snapshots - 1);
    }

    [Fact]
    public void What_is_asked_for_again_and_again_stays()
    {
        var (hot, others) = (Lay(0), Enumerable.Range(1, Snapshots).Select(Lay).ToList());
        var first = Home(hot);

        foreach (var other in others)
        {
            Home(other);
            Assert.Same(first, Home(hot));
        }

        Assert.InRange(shelf.Held.Count, 2, Snapshots - 1);
        // The others were let go of, and are made again.
        var cold = Home(others[0]);
        Assert.Equal((cold.Identity, cold.Key), (Home(others[0]).Identity, Home(others[0]).Key));
    }

    [Fact]
    public void One_that_the_replica_can_not_give_says_so_and_has_nothing()
    {
        var snapshot = Lay(1);
        Directory.Delete(layout.Indexes(Some.SiteId.ToString()), recursive: true);
        Assert.False(snapshot.IsBroken);

        Assert.Null(snapshot.Find("http", Some.Host, Some.Target("/page-1"), TimeProvider.System));

        Assert.True(snapshot.IsBroken);
        Assert.Equal((0, null, 0), (snapshot.DocumentCount, snapshot.NotFound, snapshot.Documents.Count()));
        Assert.Equal((0, 0), shelf.Held);
    }

    [Fact]
    public void One_larger_than_all_the_room_stays_while_it_is_the_one_that_is_asked()
    {
        var (large, small) = (LayWith(1, 20_000), Lay(2));
        Assert.False(IsAtHand(large, "/page-0"));

        Home(large);
        Assert.True(IsAtHand(large, "/page-0"));

        Home(small);
        Assert.Equal((false, true), (IsAtHand(large, "/page-0"), IsAtHand(small, "/page-0")));
    }

    [Fact]
    public void What_only_an_earlier_snapshot_may_have_is_not_at_hand_before_those_were_read()
    {
        var before = Lay(1);
        var manifest = Some.Manifest(2, Some.Entry("/page-0", Some.Body("2")));
        files.Write(Some.SiteId, Some.Reference(manifest), manifest);
        var retired = new RetiredAssets([new RetiredOne(new ShelvedSnapshot(shelf, Some.SiteId, before.Reference, null), DateTimeOffset.MaxValue)]);
        var snapshot = new SiteSnapshot(new ShelvedSnapshot(shelf, Some.SiteId, Some.Reference(manifest), null), 1, retired);

        Home(snapshot);
        Assert.Equal((true, false), (IsAtHand(snapshot, "/page-0"), IsAtHand(snapshot, "/none")));

        Assert.Null(snapshot.Find("http", Some.Host, Some.Target("/none"), TimeProvider.System));
        Assert.True(IsAtHand(snapshot, "/none"));
    }

    private static bool IsAtHand(SiteSnapshot snapshot, string target) => snapshot.IsAtHandFor("http", Some.Host, Some.Target(target));

    private static SnapshotEntry Home(SiteSnapshot snapshot) => snapshot.Find("http", Some.Host, Some.Target("/page-0"), TimeProvider.System)!.Value.Entry;

    private SiteSnapshot Lay(int n) => LayWith(n, 300);

    private SiteSnapshot LayWith(int n, int pages)
    {
        var manifest = Some.Manifest(n, [.. Enumerable.Range(0, pages).Select(page => Some.Entry($"/page-{page}", Some.Body($"{n} {page}")))]);
        var reference = Some.Reference(manifest);
        files.Write(Some.SiteId, reference, manifest);
        return new SiteSnapshot(new ShelvedSnapshot(shelf, Some.SiteId, reference, null), reference.Entries, RetiredAssets.None);
    }
}

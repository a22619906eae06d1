using EdgeHost.Following;
using EdgeHost.Replicas;
using EdgeHost.Snapshots;
using EdgeHost.SnapshotStore.Blobs;
using EdgeHost.SnapshotStore.Publishing;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Site = EdgeHost.Sites.Site;

namespace EdgeHost.Tests.Following;

public sealed class SnapshotLoaderTests : IDisposable
{
    private readonly Scratch scratch = new();
    private readonly FakeTimeProvider clock = new(Some.Time);
    private readonly Site site = Some.Site();
    private readonly ReplicaLayout layout;

    public SnapshotLoaderTests() => layout = new ReplicaLayout(scratch["data"]);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => scratch.Dispose();

    [Fact]
    public async Task A_rollback_during_the_warm_up_is_not_overtaken()
    {
        using var loader = await LoaderAsync();
        var publication = await PublicationAsync();
        site.State.Publication = publication with { Active = publication.Active! with { Snapshot = Some.SnapshotId(9) } };

        await LoadAsync(loader, publication);

        Assert.Null(site.State.Snapshot);
        Assert.False(File.Exists(layout.Serving(Some.SiteId)));
    }

    [Fact]
    public async Task What_is_served_is_written_down_when_the_disk_takes_it_again()
    {
        using var loader = await LoaderAsync();
        site.State.Publication = await PublicationAsync();
        Directory.CreateDirectory(layout.Serving(Some.SiteId));
        await LoadAsync(loader, site.State.Publication);
        Assert.Equal(Some.SnapshotId(1), site.State.Snapshot!.Reference.Snapshot);

        Directory.Delete(layout.Serving(Some.SiteId));
        await loader.KeepUnwrittenAsync(Cancel);

        Assert.True(File.Exists(layout.Serving(Some.SiteId)));
    }

    [Fact]
    public async Task An_earlier_snapshot_that_can_not_be_had_costs_its_assets_only()
    {
        using var loader = await LoaderAsync();
        var publication = await PublicationAsync();
        var gone = new SnapshotReference(Some.SnapshotId(7), BlobHash.Of([7]), Some.Time, 1);
        site.State.Publication = publication with { Retired = [new RetiredSnapshot(gone, clock.GetUtcNow())] };

        await LoadAsync(loader, site.State.Publication);

        Assert.Equal(Some.SnapshotId(1), site.State.Snapshot!.Reference.Snapshot);
        Assert.Null(site.State.SnapshotProblem);
    }

    [Fact]
    public async Task A_look_for_what_is_missing_does_not_make_the_rest_needed()
    {
        using var loader = await LoaderAsync();
        site.State.Publication = await PublicationAsync();
        await LoadAsync(loader, site.State.Publication);
        var blobs = Directory.GetFiles(layout.Blobs(site.IdText), "*", SearchOption.AllDirectories);
        Assert.NotEmpty(blobs);
        var before = clock.GetUtcNow().UtcDateTime.AddDays(-1);
        Array.ForEach(blobs, blob => File.SetLastWriteTimeUtc(blob, before));

        await LoadAsync(loader, site.State.Publication);
        Assert.All(blobs, blob => Assert.Equal(before, File.GetLastWriteTimeUtc(blob)));

        // After a restart it is taken up anew.
        site.State.Snapshot = null;
        await LoadAsync(loader, site.State.Publication);
        Assert.All(blobs, blob => Assert.Equal(clock.GetUtcNow().UtcDateTime, File.GetLastWriteTimeUtc(blob)));
    }

    private async Task<SnapshotLoader> LoaderAsync()
    {
        var store = await TestStore.CreateAsync(scratch["store"], clock);
        var indexes = new IndexFiles(layout, NullLogger<IndexFiles>.Instance);
        return new SnapshotLoader(
            new Replica(layout, store.Store, clock, NullLogger<Replica>.Instance), new ReplicaFiles(layout, NullLogger<ReplicaFiles>.Instance), indexes, new SnapshotShelf(indexes, new SnapshotOptions()), new StoreOptions(), clock, NullLogger<SnapshotLoader>.Instance);
    }

    private async Task<SitePublication> PublicationAsync()
    {
        var store = await TestStore.CreateAsync(scratch["store"], clock);
        return new SitePublication { Active = await store.PublishAsync(new SnapshotDraft(1).Page("/", "1").Asset("/1.css", "text/css", "1")) };
    }

    private Task LoadAsync(SnapshotLoader loader, SitePublication publication) => loader.LoadAsync(site, publication, Cancel);
}

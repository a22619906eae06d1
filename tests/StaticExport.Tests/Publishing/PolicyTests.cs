using EdgeHost.SnapshotStore;
using EdgeHost.SnapshotStore.Blobs;
using EdgeHost.SnapshotStore.Identity;
using EdgeHost.SnapshotStore.Journals;
using EdgeHost.SnapshotStore.Publishing;
using EdgeHost.TestParts.S3;
using StaticExport.Publishing;
using Xunit;

namespace StaticExport.Tests.Publishing;

/// <summary>The policies of deploy/s3 let an export through, and the edge has all of it.</summary>
public sealed class PolicyTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_exporter_publishes_and_the_edge_reads_it_all()
    {
        await using var policies = await S3UnderPolicies.CreateAsync(Cancel);
        var (identity, created) = await StoreIdentity.InitAsync(policies.Exporter, TimeProvider.System, Cancel);
        Assert.True(created);
        using var some = new SomeSite();
        Assert.Equal(PublishOutcome.Activated, (await PublishAsync(policies.Exporter, some)).Outcome);
        Assert.Equal(0, (await PublishAsync(policies.Exporter, some)).BlobsUploaded);

        var published = await new Journal<PublishState>(policies.Edge, TimeProvider.System).OpenAsync(identity.Id, Cancel);
        var manifest = await PublishedSnapshot.ReadManifestAsync(policies.Edge, Some.Site, published.State.Of(Some.Site).Active!, Cancel);
        foreach (var body in manifest.AllBodies())
        {
            Assert.Equal(body.Hash, BlobHash.Of((await policies.Edge.ReadAsync(StoreKeys.Blob(Some.Site, body.Hash), Cancel))!));
        }
    }

    private static async Task<PublishResult> PublishAsync(ISnapshotStore store, SomeSite some) =>
        await new SnapshotPublisher(await PublishingStore.OpenAsync(store, TimeProvider.System, Cancel)).PublishAsync(some.Whole("hello"), "tester", null, Cancel);
}

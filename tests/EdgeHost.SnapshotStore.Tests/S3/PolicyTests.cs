using Amazon.S3;
using Amazon.S3.Model;
using EdgeHost.SnapshotStore.Blobs;
using EdgeHost.SnapshotStore.Fitness;
using EdgeHost.SnapshotStore.Identity;
using EdgeHost.SnapshotStore.Journals;
using EdgeHost.SnapshotStore.Operating;
using EdgeHost.SnapshotStore.S3;

namespace EdgeHost.SnapshotStore.Tests.S3;

/// <summary>The policies of deploy/s3, as they are, on the real engine.</summary>
public sealed class PolicyTests : IAsyncLifetime
{
    private S3UnderPolicies policies = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private S3UnderTest Under => policies.Under;

    private S3SnapshotStore Edge => policies.Edge;

    private S3SnapshotStore Exporter => policies.Exporter;

    public async ValueTask InitializeAsync() => policies = await S3UnderPolicies.CreateAsync(Cancel);

    public async ValueTask DisposeAsync()
    {
        if (policies is not null)
        {
            await policies.DisposeAsync();
        }
    }

    [Fact]
    public async Task The_edge_operates_and_the_exporter_reads_it()
    {
        var (identity, created) = await StoreIdentity.InitAsync(Exporter, TimeProvider.System, Cancel);
        Assert.True(created);
        var ops = new Journal<OpsState>(Edge, TimeProvider.System);
        var view = ops.Start(identity.Id);
        for (var n = 0; n < 64; n++)
        {
            (view, _) = await ops.AppendAsync(view, _ => Some.Mode("nova", $"{n}"), Cancel);
        }

        Assert.True(await Exporter.ExistsAsync(StoreKeys.Checkpoint("ops", 64), Cancel));
    }

    [Fact]
    public async Task The_edge_can_not_publish()
    {
        foreach (var key in new[] { StoreKeys.Identity, StoreKeys.Blob(Some.Site, BlobHash.Of([1])), StoreKeys.Manifest(Some.Site, Some.Snapshot(1)), StoreKeys.Record("publish", 1), StoreKeys.Checkpoint("publish", 64), "other/x" })
        {
            await DeniedAsync(() => Edge.CreateAsync(key, [1], Cancel));
            Assert.False(await Exporter.ExistsAsync(key, Cancel));
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(600)]
    [InlineData(1024)]
    [InlineData(5000)]
    [InlineData(300_000)]
    public async Task The_body_of_a_refused_create_does_not_reach_the_next_request(int length)
    {
        for (var n = 0; n < 10; n++)
        {
            await DeniedAsync(() => Edge.CreateAsync("sites/x", new byte[length], Cancel));
            Assert.Null(await Edge.OpenAsync("sites/x", Cancel));
        }
    }

    [Fact]
    public async Task The_exporter_can_not_operate()
    {
        foreach (var key in new[] { StoreKeys.Record("ops", 1), StoreKeys.Checkpoint("ops", 64), "other/x" })
        {
            await DeniedAsync(() => Exporter.CreateAsync(key, [1], Cancel));
            Assert.False(await Edge.ExistsAsync(key, Cancel));
        }
    }

    [Fact]
    public async Task Neither_can_delete_or_open_the_bucket_wider()
    {
        await Under.OverwriteAsync(StoreKeys.Record("ops", 1), [1]);
        await Under.OverwriteAsync(StoreKeys.Record("publish", 1), [1]);
        foreach (var store in new[] { Edge, Exporter })
        {
            foreach (var key in new[] { StoreKeys.Record("ops", 1), StoreKeys.Record("publish", 1) })
            {
                await ForbiddenAsync(store, client => client.DeleteObjectAsync(Under.Bucket, store.Prefix + key, Cancel));
            }

            var refused = await Assert.ThrowsAsync<DeleteObjectsException>(() => store.Client.DeleteObjectsAsync(
                new DeleteObjectsRequest { BucketName = Under.Bucket, Objects = [new KeyVersion { Key = store.Prefix + StoreKeys.Record("ops", 1) }] }, Cancel));
            Assert.Empty(refused.Response.DeletedObjects ?? []);
            await ForbiddenAsync(store, client => client.DeleteBucketAsync(Under.Bucket, Cancel));
            await ForbiddenAsync(store, client => client.PutBucketPolicyAsync(new PutBucketPolicyRequest { BucketName = Under.Bucket, Policy = "{}" }, Cancel));
            await ForbiddenAsync(store, client => client.PutBucketVersioningAsync(
                new PutBucketVersioningRequest { BucketName = Under.Bucket, VersioningConfig = new S3BucketVersioningConfig { Status = VersionStatus.Enabled } }, Cancel));
            Assert.True(await store.ExistsAsync(StoreKeys.Record("ops", 1), Cancel));
        }
    }

    [Fact]
    public async Task What_is_absent_is_absent_for_both()
    {
        foreach (var store in new[] { Edge, Exporter })
        {
            Assert.Null(await store.OpenAsync(StoreKeys.Record("ops", 7), Cancel));
            Assert.Null(await store.OpenAsync(StoreKeys.Record("publish", 7), Cancel));
            Assert.Null(await store.OpenAsync(StoreKeys.Identity, Cancel));
        }
    }

    [Fact]
    public async Task The_store_check_finds_nothing_amiss()
    {
        await StoreIdentity.InitAsync(Exporter, TimeProvider.System, Cancel);
        Assert.All(await StoreFitness.CheckAsync(Exporter, Cancel), finding => Assert.Equal(FindingLevel.Good, finding.Level));
        var unknown = (await StoreFitness.CheckAsync(Edge, Cancel)).Where(finding => finding.Level != FindingLevel.Good);
        Assert.Equal(["create-if-absent"], unknown.Select(finding => finding.Check));
    }

    private static async Task DeniedAsync(Func<Task> call) => Assert.Equal(StoreFailure.Denied, (await Assert.ThrowsAsync<StoreException>(call)).Failure);

    private static async Task ForbiddenAsync(S3SnapshotStore store, Func<IAmazonS3, Task> call)
    {
        var exception = await Assert.ThrowsAsync<AmazonS3Exception>(() => call(store.Client));
        Assert.Equal(System.Net.HttpStatusCode.Forbidden, exception.StatusCode);
    }
}

using System.Text.Json.Nodes;
using Amazon.S3;
using Amazon.S3.Model;
using EdgeHost.SnapshotStore.Blobs;
using EdgeHost.SnapshotStore.Fitness;
using EdgeHost.SnapshotStore.Identity;
using EdgeHost.SnapshotStore.Journals;
using EdgeHost.SnapshotStore.Operating;
using EdgeHost.SnapshotStore.Publishing;
using EdgeHost.SnapshotStore.S3;
using EdgeHost.SnapshotStore.Tests.Publishing;
using StaticExport.Publishing;

namespace EdgeHost.SnapshotStore.Tests.S3;

/// <summary>The policies of deploy/s3, as they are, on the real engine.</summary>
public sealed class PolicyTests : IAsyncLifetime
{
    private S3UnderTest under = null!;
    private S3SnapshotStore edge = null!;
    private S3SnapshotStore exporter = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        under = await S3UnderTest.CreateAsync();
        var edgeKeys = await S3Users.CredentialsAsync("edge", Cancel);
        var exporterKeys = await S3Users.CredentialsAsync("exporter", Cancel);
        var statements = new JsonArray([.. Statements("edge-policy.json", "edge"), .. Statements("exporter-policy.json", "exporter")]);
        var policy = new JsonObject { ["Version"] = "2012-10-17", ["Statement"] = statements };
        await under.Owner.PutBucketPolicyAsync(new PutBucketPolicyRequest { BucketName = under.Bucket, Policy = policy.ToJsonString() }, Cancel);
        edge = new S3SnapshotStore(under.Options, TimeProvider.System, edgeKeys);
        exporter = new S3SnapshotStore(under.Options, TimeProvider.System, exporterKeys);
    }

    public async ValueTask DisposeAsync()
    {
        edge?.Dispose();
        exporter?.Dispose();
        if (under is not null)
        {
            await under.DisposeAsync();
        }
    }

    [Fact]
    public async Task The_exporter_publishes_and_the_edge_reads_it_all_and_operates()
    {
        var (identity, created) = await StoreIdentity.InitAsync(exporter, TimeProvider.System, Cancel);
        Assert.True(created);
        using var some = new SomeSite();
        var result = await new SnapshotPublisher(await PublishingStore.OpenAsync(exporter, TimeProvider.System, Cancel)).PublishAsync(some.Whole("hello"), "tester", null, Cancel);
        Assert.Equal(PublishOutcome.Activated, result.Outcome);
        Assert.Equal(0, (await new SnapshotPublisher(await PublishingStore.OpenAsync(exporter, TimeProvider.System, Cancel)).PublishAsync(some.Whole("hello"), "tester", null, Cancel)).BlobsUploaded);

        var published = await new Journal<PublishState>(edge, TimeProvider.System).OpenAsync(identity.Id, Cancel);
        var manifest = await PublishedSnapshot.ReadManifestAsync(edge, Some.Site, published.State.Of(Some.Site).Active!, Cancel);
        foreach (var body in manifest.AllBodies())
        {
            Assert.Equal(body.Hash, BlobHash.Of((await edge.ReadAsync(StoreKeys.Blob(Some.Site, body.Hash), Cancel))!));
        }

        var ops = new Journal<OpsState>(edge, TimeProvider.System);
        var view = ops.Start(identity.Id);
        for (var n = 0; n < 64; n++)
        {
            (view, _) = await ops.AppendAsync(view, _ => Some.Mode("nova", $"{n}"), Cancel);
        }

        Assert.True(await exporter.ExistsAsync(StoreKeys.Checkpoint("ops", 64), Cancel));
    }

    [Fact]
    public async Task The_edge_can_not_publish()
    {
        foreach (var key in new[] { StoreKeys.Identity, StoreKeys.Blob(Some.Site, BlobHash.Of([1])), StoreKeys.Manifest(Some.Site, Some.Snapshot(1)), StoreKeys.Record("publish", 1), StoreKeys.Checkpoint("publish", 64), "other/x" })
        {
            await DeniedAsync(() => edge.CreateAsync(key, [1], Cancel));
            Assert.False(await exporter.ExistsAsync(key, Cancel));
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
            await DeniedAsync(() => edge.CreateAsync("sites/x", new byte[length], Cancel));
            Assert.Null(await edge.OpenAsync("sites/x", Cancel));
        }
    }

    [Fact]
    public async Task The_exporter_can_not_operate()
    {
        foreach (var key in new[] { StoreKeys.Record("ops", 1), StoreKeys.Checkpoint("ops", 64), "other/x" })
        {
            await DeniedAsync(() => exporter.CreateAsync(key, [1], Cancel));
            Assert.False(await edge.ExistsAsync(key, Cancel));
        }
    }

    [Fact]
    public async Task Neither_can_delete_or_open_the_bucket_wider()
    {
        await under.OverwriteAsync(StoreKeys.Record("ops", 1), [1]);
        await under.OverwriteAsync(StoreKeys.Record("publish", 1), [1]);
        foreach (var store in new[] { edge, exporter })
        {
            foreach (var key in new[] { StoreKeys.Record("ops", 1), StoreKeys.Record("publish", 1) })
            {
                await ForbiddenAsync(store, client => client.DeleteObjectAsync(under.Bucket, store.Prefix + key, Cancel));
            }

            var refused = await Assert.ThrowsAsync<DeleteObjectsException>(() => store.Client.DeleteObjectsAsync(
                new DeleteObjectsRequest { BucketName = under.Bucket, Objects = [new KeyVersion { Key = store.Prefix + StoreKeys.Record("ops", 1) }] }, Cancel));
            Assert.Empty(refused.Response.DeletedObjects ?? []);
            await ForbiddenAsync(store, client => client.DeleteBucketAsync(under.Bucket, Cancel));
            await ForbiddenAsync(store, client => client.PutBucketPolicyAsync(new PutBucketPolicyRequest { BucketName = under.Bucket, Policy = "{}" }, Cancel));
            await ForbiddenAsync(store, client => client.PutBucketVersioningAsync(
                new PutBucketVersioningRequest { BucketName = under.Bucket, VersioningConfig = new S3BucketVersioningConfig { Status = VersionStatus.Enabled } }, Cancel));
            Assert.True(await store.ExistsAsync(StoreKeys.Record("ops", 1), Cancel));
        }
    }

    [Fact]
    public async Task What_is_absent_is_absent_for_both()
    {
        foreach (var store in new[] { edge, exporter })
        {
            Assert.Null(await store.OpenAsync(StoreKeys.Record("ops", 7), Cancel));
            Assert.Null(await store.OpenAsync(StoreKeys.Record("publish", 7), Cancel));
            Assert.Null(await store.OpenAsync(StoreKeys.Identity, Cancel));
        }
    }

    [Fact]
    public async Task The_store_check_finds_nothing_amiss()
    {
        await StoreIdentity.InitAsync(exporter, TimeProvider.System, Cancel);
        Assert.All(await StoreFitness.CheckAsync(exporter, Cancel), finding => Assert.Equal(FindingLevel.Good, finding.Level));
        var unknown = (await StoreFitness.CheckAsync(edge, Cancel)).Where(finding => finding.Level != FindingLevel.Good);
        Assert.Equal(["create-if-absent"], unknown.Select(finding => finding.Check));
    }

    private IEnumerable<JsonNode> Statements(string file, string user)
    {
        var text = File.ReadAllText(Repository.PathOf("deploy", "s3", file))
            .Replace("PRINCIPAL", $"arn:aws:iam:::user/{user}", StringComparison.Ordinal)
            .Replace("BUCKET", under.Bucket, StringComparison.Ordinal)
            .Replace("/PREFIX", $"/{under.Options.Prefix}", StringComparison.Ordinal);
        return JsonNode.Parse(text)!["Statement"]!.AsArray().Select(statement => statement!.DeepClone());
    }

    private static async Task DeniedAsync(Func<Task> call) => Assert.Equal(StoreFailure.Denied, (await Assert.ThrowsAsync<StoreException>(call)).Failure);

    private static async Task ForbiddenAsync(S3SnapshotStore store, Func<IAmazonS3, Task> call)
    {
        var exception = await Assert.ThrowsAsync<AmazonS3Exception>(() => call(store.Client));
        Assert.Equal(System.Net.HttpStatusCode.Forbidden, exception.StatusCode);
    }
}

using System.Collections.Concurrent;
using Amazon.S3;
using Amazon.S3.Model;
using EdgeHost.SnapshotStore;
using EdgeHost.SnapshotStore.S3;
using EdgeHost.TestParts.Stores;

namespace EdgeHost.TestParts.S3;

/// <summary>A prefix in a bucket of its own on the real engine.</summary>
public sealed class S3UnderTest : StoreUnderTest
{
    private readonly ConcurrentBag<S3SnapshotStore> opened = [];
    private readonly Lazy<ReplyDroppingProxy> proxy = new(() => new ReplyDroppingProxy(S3Server.Endpoint!));
    private int openings;

    private S3UnderTest(string bucket, IAmazonS3 owner)
    {
        Bucket = bucket;
        Owner = owner;
    }

    public string Bucket { get; }

    /// <summary>The bucket's owner, who may do everything.</summary>
    public IAmazonS3 Owner { get; }

    public S3StoreOptions Options => S3Server.Options(Bucket, "some/prefix");

    public override int LostReplies => proxy.IsValueCreated ? proxy.Value.Dropped : 0;

    public static async Task<S3UnderTest> CreateAsync()
    {
        Assert.SkipUnless(S3Server.IsThere, S3Server.Missing);
        var bucket = $"edgehost-{Guid.NewGuid():N}";
        var owner = S3ClientFactory.Create(S3Server.Options(bucket), S3Server.Credentials);
        await owner.PutBucketAsync(new PutBucketRequest { BucketName = bucket }, TestContext.Current.CancellationToken);
        return new S3UnderTest(bucket, owner);
    }

    public override ISnapshotStore Open() => Keep(new S3SnapshotStore(Options, TimeProvider.System, S3Server.Credentials));

    // Every other opening without the SDK's own tries, which hide a lost answer or turn it into "it exists".
    public override ISnapshotStore OpenLosingReplies() =>
        Keep(new S3SnapshotStore(Options with { ServiceUrl = proxy.Value.Url, Retries = Interlocked.Increment(ref openings) % 2 == 0 ? 0 : 2 }, TimeProvider.System, S3Server.Credentials));

    public override Task DeleteAsync(string key) => Owner.DeleteObjectAsync(Bucket, $"{Options.Prefix}/{key}", TestContext.Current.CancellationToken);

    public override Task OverwriteAsync(string key, byte[] content) => Owner.PutObjectAsync(
        new PutObjectRequest { BucketName = Bucket, Key = $"{Options.Prefix}/{key}", InputStream = new MemoryStream(content) }, TestContext.Current.CancellationToken);

    public override async ValueTask DisposeAsync()
    {
        foreach (var store in opened)
        {
            store.Dispose();
        }

        if (proxy.IsValueCreated)
        {
            await proxy.Value.DisposeAsync();
        }

        Owner.Dispose();
    }

    private S3SnapshotStore Keep(S3SnapshotStore store)
    {
        opened.Add(store);
        return store;
    }
}

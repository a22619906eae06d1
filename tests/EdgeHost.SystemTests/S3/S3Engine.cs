using Amazon.Runtime;
using EdgeHost.SnapshotStore;
using EdgeHost.SnapshotStore.S3;
using EdgeHost.SystemTests.Processes;
using EdgeHost.TestParts.S3;

namespace EdgeHost.SystemTests.S3;

/// <summary>The S3 server that test.sh runs, with buckets of our own in it and the power to stop it.</summary>
internal sealed class S3Engine : IAsyncDisposable
{
    private readonly string script;
    private readonly string directory;
    private bool down;

    private S3Engine(string script, string directory)
    {
        this.script = script;
        this.directory = directory;
    }

    public string Endpoint { get; } = TestEnvironment.Find("S3_ENDPOINT")!;

    /// <summary>The bucket's owner.</summary>
    public S3User Owner { get; } = S3User.OfEnvironment("S3")!;

    /// <summary>The engine of this run. Where there is none, the test is skipped.</summary>
    public static S3Engine Require()
    {
        Assert.SkipUnless(TestEnvironment.Find("S3_ENDPOINT") is not null, "no S3 engine: S3_ENDPOINT is not set (test.sh starts one)");
        var directory = TestEnvironment.Find("S3_DATA_DIR");
        Assert.SkipUnless(directory is not null && TestEnvironment.S3Script is not null, "this S3 engine is not ours to stop: S3_DATA_DIR or EDGEHOST_TEST_S3 is not set");
        return new S3Engine(TestEnvironment.S3Script!, directory!);
    }

    /// <summary>A new bucket with the store under a prefix, the edge's and the exporter's users with exactly the rights that deploy/s3 gives them.</summary>
    public async Task<S3Bucket> CreateBucketAsync(CancellationToken cancellationToken)
    {
        var name = $"edgehost-system-{Guid.NewGuid():N}";
        using var client = S3ClientFactory.Create(Options(name, ""), Owner.Credentials);
        await client.PutBucketAsync(name, cancellationToken);
        var (edge, exporter) = (S3User.OfEnvironment("S3_EDGE"), S3User.OfEnvironment("S3_EXPORTER"));
        if (edge is null || exporter is null)
        {
            return new S3Bucket(this, name, Owner, Owner);
        }

        await client.PutBucketPolicyAsync(name, BucketPolicy.For(name, S3Bucket.Prefix), cancellationToken);
        return new S3Bucket(this, name, edge, exporter);
    }

    /// <summary>As the edge reads it: on this engine an object is its writer's, and not even the bucket's owner may read it without a policy that says so.</summary>
    public ISnapshotStore Open(S3Bucket bucket) => new S3SnapshotStore(Options(bucket.Name, S3Bucket.Prefix), TimeProvider.System, bucket.Edge.Credentials);

    /// <summary>As the export job writes it.</summary>
    public ISnapshotStore OpenForExport(S3Bucket bucket) => new S3SnapshotStore(Options(bucket.Name, S3Bucket.Prefix), TimeProvider.System, bucket.Exporter.Credentials);

    /// <summary>An outage: connections are refused.</summary>
    public async Task DownAsync(CancellationToken cancellationToken)
    {
        down = true;
        await Scripts.RunAsync(script, ["down", directory], cancellationToken);
        Assert.True(await Ports.RefusesAsync(new Uri(Endpoint).Port, cancellationToken));
    }

    /// <summary>Its end: the same port and data.</summary>
    public async Task UpAsync(CancellationToken cancellationToken)
    {
        await Scripts.RunAsync(script, ["up", directory], cancellationToken);
        down = false;
    }

    public async ValueTask DisposeAsync()
    {
        if (down)
        {
            await UpAsync(CancellationToken.None);
        }
    }

    private S3StoreOptions Options(string bucket, string prefix) => new() { Bucket = bucket, Prefix = prefix, ServiceUrl = new Uri(Endpoint) };
}

/// <param name="AccessKey">The user's name, as far as S3 is concerned.</param>
/// <param name="SecretKey">What it signs with.</param>
internal sealed record S3User(string AccessKey, string SecretKey)
{
    public AWSCredentials Credentials => new BasicAWSCredentials(AccessKey, SecretKey);

    /// <summary>For the environment of a process.</summary>
    public IReadOnlyDictionary<string, string?> Environment => new Dictionary<string, string?>
    {
        ["AWS_ACCESS_KEY_ID"] = AccessKey,
        ["AWS_SECRET_ACCESS_KEY"] = SecretKey,
        ["AWS_REGION"] = TestEnvironment.Find("S3_REGION") ?? "us-east-1",
    };

    public static S3User? OfEnvironment(string prefix) =>
        TestEnvironment.Find($"{prefix}_ACCESS_KEY") is { } access && TestEnvironment.Find($"{prefix}_SECRET_KEY") is { } secret ? new S3User(access, secret) : null;
}

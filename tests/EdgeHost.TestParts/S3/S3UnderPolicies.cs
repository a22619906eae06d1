using Amazon.S3.Model;
using EdgeHost.SnapshotStore.S3;

namespace EdgeHost.TestParts.S3;

/// <summary>A store on the real engine as its two users have it by the policies of deploy/s3, taken as they are.</summary>
public sealed class S3UnderPolicies : IAsyncDisposable
{
    private S3UnderPolicies(S3UnderTest under, S3SnapshotStore edge, S3SnapshotStore exporter) => (Under, Edge, Exporter) = (under, edge, exporter);

    /// <summary>As the bucket's owner has it.</summary>
    public S3UnderTest Under { get; }

    public S3SnapshotStore Edge { get; }

    public S3SnapshotStore Exporter { get; }

    public static async Task<S3UnderPolicies> CreateAsync(CancellationToken cancellationToken)
    {
        var under = await S3UnderTest.CreateAsync();
        var edge = await S3Users.CredentialsAsync("edge", cancellationToken);
        var exporter = await S3Users.CredentialsAsync("exporter", cancellationToken);
        await under.Owner.PutBucketPolicyAsync(new PutBucketPolicyRequest { BucketName = under.Bucket, Policy = BucketPolicy.For(under.Bucket, under.Options.Prefix) }, cancellationToken);
        return new S3UnderPolicies(under, new S3SnapshotStore(under.Options, TimeProvider.System, edge), new S3SnapshotStore(under.Options, TimeProvider.System, exporter));
    }

    public async ValueTask DisposeAsync()
    {
        Edge.Dispose();
        Exporter.Dispose();
        await Under.DisposeAsync();
    }
}

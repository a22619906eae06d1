using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;
using EdgeHost.SnapshotStore.Fitness;
using EdgeHost.SnapshotStore.S3;
using EdgeHost.SnapshotStore.Tests.Contract;
using EdgeHost.SnapshotStore.Tests.Directories;
using EdgeHost.SnapshotStore.Tests.S3;

namespace EdgeHost.SnapshotStore.Tests.Fitness;

public sealed class StoreFitnessTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_engine_that_ignores_the_condition_is_unfit()
    {
        await using var under = new DirectoryUnderTest();
        var findings = await StoreFitness.CheckAsync(new WatchedStore(under.Open()) { Creating = _ => CreateOutcome.Created }, Cancel);
        Assert.Equal(FindingLevel.Unfit, LevelOf(findings, "create-if-absent"));
    }

    [Fact]
    public async Task A_missing_list_permission_is_told_by_what_it_breaks()
    {
        await using var under = new DirectoryUnderTest();
        await under.Open().CreateAsync(StoreKeys.CreateCheck, "EdgeHost store check\n"u8.ToArray(), Cancel);
        static void Deny(string key) => throw new StoreException(StoreFailure.Denied, "AccessDenied");
        // As AWS answers: what is there can be read, what is not reads as 403.
        var store = new WatchedStore(under.Open()) { Listing = Deny, Opening = key => { if (key != StoreKeys.CreateCheck) { Deny(key); } } };
        var findings = await StoreFitness.CheckAsync(store, Cancel);
        Assert.Equal(FindingLevel.Unfit, LevelOf(findings, "absent key"));
        Assert.Equal(FindingLevel.Warning, LevelOf(findings, "list"));
    }

    [Fact]
    public async Task A_versioned_bucket_and_an_expiry_rule_are_warned_of()
    {
        await using var under = await S3UnderTest.CreateAsync();
        await under.Owner.PutBucketVersioningAsync(
            new PutBucketVersioningRequest { BucketName = under.Bucket, VersioningConfig = new S3BucketVersioningConfig { Status = VersionStatus.Enabled } }, Cancel);
        await under.Owner.PutLifecycleConfigurationAsync(
            new PutLifecycleConfigurationRequest
            {
                BucketName = under.Bucket,
                Configuration = new LifecycleConfiguration
                {
                    Rules =
                    [
                        Expiring("clean-up", "some/"),
                        Expiring("elsewhere", "logs/"),
                    ],
                },
            },
            Cancel);
        var findings = await StoreFitness.CheckAsync(under.Open(), Cancel);
        Assert.Equal(FindingLevel.Warning, LevelOf(findings, "versioning"));
        var expiry = Assert.Single(findings, finding => finding.Check == "expiry");
        Assert.Equal(FindingLevel.Warning, expiry.Level);
        Assert.Contains("'clean-up'", expiry.Detail, StringComparison.Ordinal);
        Assert.DoesNotContain("elsewhere", expiry.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_may_not_be_asked_is_said_to_be_unknown()
    {
        await using var under = await S3UnderTest.CreateAsync();
        using var edge = new S3SnapshotStore(under.Options, TimeProvider.System, await S3Users.CredentialsAsync("edge", Cancel));
        await under.Owner.PutBucketPolicyAsync(new PutBucketPolicyRequest { BucketName = under.Bucket, Policy = ReadOnlyFor(under.Bucket, "edge") }, Cancel);
        var findings = await StoreFitness.CheckAsync(edge, Cancel);
        Assert.Equal(FindingLevel.Unknown, LevelOf(findings, "versioning"));
        Assert.Equal(FindingLevel.Unknown, LevelOf(findings, "expiry"));
        Assert.Equal(FindingLevel.Unknown, LevelOf(findings, "create-if-absent"));
        Assert.Equal(FindingLevel.Good, LevelOf(findings, "absent key"));
    }

    [Fact]
    public async Task A_store_that_lets_us_do_nothing_can_not_be_asked()
    {
        await using var under = await S3UnderTest.CreateAsync();
        using var stranger = new S3SnapshotStore(under.Options, TimeProvider.System, new BasicAWSCredentials("NOSUCHKEY", "secret"));
        Assert.Equal(StoreFailure.Denied, (await Assert.ThrowsAsync<StoreException>(() => StoreFitness.CheckAsync(stranger, Cancel))).Failure);
    }

    private static FindingLevel LevelOf(IReadOnlyList<Finding> findings, string check) => Assert.Single(findings, finding => finding.Check == check).Level;

    private static LifecycleRule Expiring(string id, string prefix) => new()
    {
        Id = id,
        Status = LifecycleRuleStatus.Enabled,
        Filter = new LifecycleFilter { LifecycleFilterPredicate = new LifecyclePrefixPredicate { Prefix = prefix } },
        Expiration = new LifecycleRuleExpiration { Days = 30 },
    };

    private static string ReadOnlyFor(string bucket, string user) => $$"""
        {"Version":"2012-10-17","Statement":[
          {"Effect":"Allow","Principal":{"AWS":["arn:aws:iam:::user/{{user}}"]},"Action":["s3:ListBucket"],"Resource":["arn:aws:s3:::{{bucket}}"]},
          {"Effect":"Allow","Principal":{"AWS":["arn:aws:iam:::user/{{user}}"]},"Action":["s3:GetObject"],"Resource":["arn:aws:s3:::{{bucket}}/*"]}]}
        """;
}

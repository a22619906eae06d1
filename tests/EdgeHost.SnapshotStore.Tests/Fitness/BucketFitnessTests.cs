using Amazon.S3;
using Amazon.S3.Model;
using EdgeHost.SnapshotStore.Fitness;

namespace EdgeHost.SnapshotStore.Tests.Fitness;

public sealed class BucketFitnessTests
{
    [Theory]
    [InlineData("", true)]
    [InlineData("some/", true)]
    [InlineData("some/prefix/", true)]
    [InlineData("some/prefix/sites/", true)]
    [InlineData("logs/", false)]
    [InlineData("some/other/", false)]
    public void A_rule_harms_when_its_prefix_meets_ours(string prefix, bool expected)
    {
        Assert.Equal(expected, BucketFitness.Harms(Expiring(new LifecyclePrefixPredicate { Prefix = prefix }), "some/prefix/"));
        Assert.Equal(expected, BucketFitness.Harms(Expiring(new LifecycleAndOperator { Operands = [new LifecyclePrefixPredicate { Prefix = prefix }] }), "some/prefix/"));
    }

    [Fact]
    public void A_rule_that_takes_nothing_away_does_no_harm()
    {
        var uploads = new LifecycleRule { Status = LifecycleRuleStatus.Enabled, AbortIncompleteMultipartUpload = new LifecycleRuleAbortIncompleteMultipartUpload { DaysAfterInitiation = 1 } };
        Assert.False(BucketFitness.Harms(uploads, ""));
        var disabled = Expiring(new LifecyclePrefixPredicate { Prefix = "" });
        disabled.Status = LifecycleRuleStatus.Disabled;
        Assert.False(BucketFitness.Harms(disabled, ""));
    }

    [Fact]
    public void A_rule_without_a_filter_or_with_tags_may_harm()
    {
        Assert.True(BucketFitness.Harms(new LifecycleRule { Status = LifecycleRuleStatus.Enabled, Expiration = new LifecycleRuleExpiration { Days = 30 } }, "x/"));
        Assert.True(BucketFitness.Harms(Expiring(new LifecycleTagPredicate { Tag = new Tag { Key = "a", Value = "b" } }), "x/"));
    }

    [Theory]
    [InlineData(0.0, FindingLevel.Good)]
    [InlineData(4.9, FindingLevel.Good)]
    [InlineData(-5.1, FindingLevel.Warning)]
    [InlineData(3600.0, FindingLevel.Warning)]
    [InlineData(null, FindingLevel.Unknown)]
    public void A_clock_may_differ_by_five_seconds(double? seconds, FindingLevel expected) =>
        Assert.Equal(expected, StoreFitness.CheckClock(seconds is { } s ? TimeSpan.FromSeconds(s) : null).Level);

    private static LifecycleRule Expiring(LifecycleFilterPredicate predicate) => new()
    {
        Status = LifecycleRuleStatus.Enabled,
        Filter = new LifecycleFilter { LifecycleFilterPredicate = predicate },
        Expiration = new LifecycleRuleExpiration { Days = 30 },
    };
}

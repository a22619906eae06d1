using System.Net;
using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;
using EdgeHost.SnapshotStore.S3;

namespace EdgeHost.SnapshotStore.Fitness;

/// <summary>What only a bucket has: versioning, and rules that expire objects.</summary>
internal static class BucketFitness
{
    public static async Task<Finding> CheckVersioningAsync(S3SnapshotStore store, CancellationToken cancellationToken)
    {
        const string Check = "versioning";
        try
        {
            var answer = await store.Client.GetBucketVersioningAsync(new GetBucketVersioningRequest { BucketName = store.Bucket }, cancellationToken);
            var status = answer.VersioningConfig?.Status?.Value;
            return string.IsNullOrEmpty(status) || status == "Off"
                ? new(Check, FindingLevel.Good, "The bucket is not versioned.")
                : new(Check, FindingLevel.Warning, $"The bucket's versioning is {status}: on some engines conditional creates were seen not to be atomic in versioned buckets. Use a bucket that has never been versioned.");
        }
        catch (AmazonClientException e)
        {
            return CouldNotBeAsked(Check, "s3:GetBucketVersioning", e);
        }
        catch (AmazonServiceException e)
        {
            return CouldNotBeAsked(Check, "s3:GetBucketVersioning", e);
        }
    }

    public static async Task<Finding> CheckLifecycleAsync(S3SnapshotStore store, CancellationToken cancellationToken)
    {
        const string Check = "expiry";
        try
        {
            var answer = await store.Client.GetLifecycleConfigurationAsync(new GetLifecycleConfigurationRequest { BucketName = store.Bucket }, cancellationToken);
            var harmful = (answer.Configuration?.Rules ?? []).Where(rule => Harms(rule, store.Prefix)).Select(rule => $"'{rule.Id}'").ToList();
            return harmful.Count == 0
                ? new(Check, FindingLevel.Good, "No rule expires or archives what visitors need.")
                : new(Check, FindingLevel.Warning, $"The bucket's lifecycle {(harmful.Count == 1 ? "rule" : "rules")} {string.Join(", ", harmful)} would expire or archive objects of the store: remove, or limit to another prefix.");
        }
        catch (AmazonServiceException e) when (e is { StatusCode: HttpStatusCode.NotFound, ErrorCode: not "NoSuchBucket" })
        {
            return new(Check, FindingLevel.Good, "The bucket has no lifecycle rules.");
        }
        catch (AmazonClientException e)
        {
            return CouldNotBeAsked(Check, "s3:GetLifecycleConfiguration", e);
        }
        catch (AmazonServiceException e)
        {
            return CouldNotBeAsked(Check, "s3:GetLifecycleConfiguration", e);
        }
    }

    // Tags and sizes narrow a rule further; whether our objects would escape by them is not ours to guess.
    internal static bool Harms(LifecycleRule rule, string storePrefix)
    {
        if (rule.Status != LifecycleRuleStatus.Enabled)
        {
            return false;
        }

        var expires = rule.Expiration is { } expiration && (expiration.Days > 0 || expiration.Date is not null);
        var prefix = PrefixOf(rule);
        return (expires || rule.Transitions is { Count: > 0 })
            && (storePrefix.StartsWith(prefix, StringComparison.Ordinal) || prefix.StartsWith(storePrefix, StringComparison.Ordinal));
    }

    private static string PrefixOf(LifecycleRule rule) => rule.Filter?.LifecycleFilterPredicate switch
    {
        LifecyclePrefixPredicate prefix => prefix.Prefix,
        LifecycleAndOperator and => and.Operands.OfType<LifecyclePrefixPredicate>().FirstOrDefault()?.Prefix,
        _ => null,
    } ?? "";

    private static Finding CouldNotBeAsked(string check, string permission, Exception e) =>
        new(check, FindingLevel.Unknown, $"It could not be asked (permission {permission}): {e.Message}");
}

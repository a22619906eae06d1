using System.Collections.Frozen;
using System.Net;
using Amazon.Runtime;
using Amazon.S3;

namespace EdgeHost.SnapshotStore.S3;

/// <summary>What the SDK's exceptions mean, in our words.</summary>
internal static class S3Failure
{
    // Answers that no second try changes.
    private static readonly FrozenSet<string> Unfit = FrozenSet.Create("EntityTooLarge", "NotImplemented", "PermanentRedirect", "AuthorizationHeaderMalformed", "InvalidBucketName", "KeyTooLongError");

    private static readonly FrozenSet<string> UnknownToStore = FrozenSet.Create("InvalidAccessKeyId", "SignatureDoesNotMatch");

    /// <summary>Whether it is the store's failure, and neither the caller's cancellation nor a bug of ours.</summary>
    public static bool Is(Exception e, CancellationToken cancellationToken) => e switch
    {
        OperationCanceledException => !cancellationToken.IsCancellationRequested,
        AmazonClientException or AmazonServiceException or HttpRequestException or IOException or WebException => true,
        _ => false,
    };

    /// <param name="e">What the SDK threw.</param>
    /// <param name="store">The store.</param>
    /// <param name="what">What was asked of it: "read x".</param>
    public static StoreException Of(Exception e, S3SnapshotStore store, string what) => e switch
    {
        AmazonS3Exception { ErrorCode: "RequestTimeTooSkewed" } =>
            new(StoreFailure.Denied, $"{store.Location} refuses to {what}, since this machine's clock differs from its own: synchronise it (NTP).", e),
        AmazonS3Exception s3 when UnknownToStore.Contains(s3.ErrorCode ?? "") =>
            new(StoreFailure.Denied, $"{store.Location} does not know these credentials ({s3.ErrorCode}) and does not let us {what}: correct the access key and its secret.", e),
        AmazonS3Exception { StatusCode: HttpStatusCode.Forbidden or HttpStatusCode.Unauthorized } denied =>
            new(StoreFailure.Denied, $"{store.Location} does not let us {what} ({denied.ErrorCode}): check the credentials and the bucket policy; 'static-export store check' tells which permission is missing.", e),
        AmazonS3Exception { ErrorCode: "NoSuchBucket" } => new(StoreFailure.Invalid, $"There is no bucket {store.Bucket} at {store.Location}: create it, or correct the store's location.", e),
        AmazonS3Exception s3 when Unfit.Contains(s3.ErrorCode ?? "") => new(StoreFailure.Invalid, $"{store.Location} can't {what} ({s3.ErrorCode}): {s3.Message}", e),
        AmazonServiceException => new(StoreFailure.Unreachable, $"{store.Location} could not {what}: {e.Message}", e),
        AmazonClientException when e.Message.Contains("credentials", StringComparison.OrdinalIgnoreCase) =>
            new(StoreFailure.Denied, $"No credentials were found for {store.Location}: set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, a profile, or a role.", e),
        OperationCanceledException => new(StoreFailure.Unreachable, $"{store.Location} did not answer in time when asked to {what}.", e),
        _ => new(StoreFailure.Unreachable, $"{store.Location} could not {what}: {e.Message}", e),
    };
}

using System.Net;
using System.Runtime.CompilerServices;
using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;

namespace EdgeHost.SnapshotStore.S3;

/// <summary>A store in a bucket of any S3-compatible service that has conditional creates (<c>If-None-Match: *</c>) and strong read-after-write.</summary>
/// <remarks>
/// The bucket must not be versioned: there, conditional creates were seen not to be atomic on some engines.
/// <c>static-export store check</c> tells whether a bucket is fit.
/// </remarks>
public sealed class S3SnapshotStore : ISnapshotStore, IDisposable
{
    private readonly AmazonS3Client client;
    private readonly S3StoreOptions options;
    private readonly TimeProvider clock;
    private readonly StoreClockHttp http;
    private readonly string prefix;

    /// <param name="options">How to reach the bucket.</param>
    /// <param name="clock">For timeouts and for the difference between the clocks.</param>
    /// <param name="credentials">Null: the SDK's usual chain.</param>
    public S3SnapshotStore(S3StoreOptions options, TimeProvider clock, AWSCredentials? credentials = null)
    {
        this.options = options;
        this.clock = clock;
        http = new StoreClockHttp(clock, options.ConnectTimeout);
        client = S3ClientFactory.Create(options, credentials, http);
        prefix = options.Prefix.Length == 0 ? "" : options.Prefix.Trim('/') + "/";
    }

    public string Location => $"s3://{options.Bucket}/{prefix}".TrimEnd('/') + (options.ServiceUrl is null ? "" : $" at {options.ServiceUrl.GetLeftPart(UriPartial.Authority)}");

    public TimeSpan? ClockOffset => http.Offset;

    /// <summary>For what only S3 has: the fitness check asks for versioning and expiry rules.</summary>
    public IAmazonS3 Client => client;

    public string Bucket => options.Bucket;

    public async Task<Stream?> OpenAsync(string key, CancellationToken cancellationToken)
    {
        try
        {
            using var bound = Bound(cancellationToken);
            var response = await client.GetObjectAsync(options.Bucket, prefix + key, bound.Token);
            return new ResponseBodyStream(response);
        }
        catch (AmazonS3Exception e) when (e.StatusCode == HttpStatusCode.NotFound && e.ErrorCode != "NoSuchBucket")
        {
            return null;
        }
        catch (Exception e) when (IsFailure(e, cancellationToken))
        {
            throw Failed(e, "read", key);
        }
    }

    public async Task<CreateOutcome> CreateAsync(string key, Stream content, CancellationToken cancellationToken)
    {
        var request = new PutObjectRequest
        {
            BucketName = options.Bucket,
            Key = prefix + key,
            InputStream = content,
            AutoCloseStream = false,
            AutoResetStreamPosition = true,
            IfNoneMatch = "*",
            ContentType = "application/octet-stream",
        };
        content.Position = 0;
        try
        {
            using var bound = content.Length < 1024 * 1024 ? Bound(cancellationToken) : CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            await client.PutObjectAsync(request, bound.Token);
            return CreateOutcome.Created;
        }
        catch (AmazonS3Exception e) when (e.StatusCode == HttpStatusCode.PreconditionFailed)
        {
            return CreateOutcome.AlreadyExists;
        }
        catch (AmazonS3Exception e) when (e.StatusCode == HttpStatusCode.Conflict)
        {
            return CreateOutcome.Contended;
        }
        catch (Exception e) when (IsFailure(e, cancellationToken))
        {
            throw Failed(e, "create", key);
        }
    }

    public async IAsyncEnumerable<string> ListAsync(string prefix, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        string? continuation = null;
        do
        {
            ListObjectsV2Response page;
            try
            {
                using var bound = Bound(cancellationToken);
                page = await client.ListObjectsV2Async(
                    new ListObjectsV2Request { BucketName = options.Bucket, Prefix = this.prefix + prefix, ContinuationToken = continuation }, bound.Token);
            }
            catch (Exception e) when (IsFailure(e, cancellationToken))
            {
                throw Failed(e, "list", prefix);
            }

            foreach (var found in page.S3Objects ?? [])
            {
                yield return found.Key[this.prefix.Length..];
            }

            continuation = page.IsTruncated == true ? page.NextContinuationToken : null;
        }
        while (continuation is not null);
    }

    public void Dispose() => client.Dispose();

    private CancellationTokenSource Bound(CancellationToken cancellationToken) =>
        LinkedTimeout.After(options.AnswerTimeout * (options.Retries + 1), clock, cancellationToken);

    private static bool IsFailure(Exception e, CancellationToken cancellationToken) => e switch
    {
        OperationCanceledException => !cancellationToken.IsCancellationRequested,
        AmazonClientException or AmazonServiceException or HttpRequestException or IOException or WebException => true,
        _ => false,
    };

    private StoreException Failed(Exception e, string what, string key) => e switch
    {
        AmazonS3Exception { StatusCode: HttpStatusCode.Forbidden } denied =>
            new(StoreFailure.Denied, $"{Location} does not let us {what} {key} ({denied.ErrorCode}): check the credentials and the bucket policy; 'static-export store check' tells which permission is missing.", e),
        AmazonS3Exception { ErrorCode: "NoSuchBucket" } => new(StoreFailure.Invalid, $"There is no bucket {options.Bucket} at {Location}: create it, or correct the store's location.", e),
        OperationCanceledException => new(StoreFailure.Unreachable, $"{Location} did not answer in time when asked to {what} {key}.", e),
        _ => new(StoreFailure.Unreachable, $"{Location} could not {what} {key}: {e.Message}", e),
    };
}

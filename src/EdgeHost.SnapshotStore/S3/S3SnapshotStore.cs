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
    private const int SlowestBytesPerSecond = 100_000;

    private readonly AmazonS3Client client;
    private readonly S3StoreOptions options;
    private readonly TimeProvider clock;
    private readonly StoreHttp http;
    private readonly string prefix;

    /// <param name="options">How to reach the bucket.</param>
    /// <param name="clock">For timeouts and for the difference between the clocks.</param>
    /// <param name="credentials">Null: the SDK's usual chain.</param>
    public S3SnapshotStore(S3StoreOptions options, TimeProvider clock, AWSCredentials? credentials = null)
    {
        this.options = options;
        this.clock = clock;
        prefix = options.Prefix.Length == 0 ? "" : options.Prefix.Trim('/') + "/";
        http = new StoreHttp(clock, options.ConnectTimeout);
        try
        {
            client = S3ClientFactory.Create(options, credentials, http);
        }
        catch (AmazonClientException e)
        {
            throw new StoreException(StoreFailure.Invalid, $"{Location} can't be asked: {e.Message}", e);
        }

    }

    public string Location => $"s3://{options.Bucket}/{prefix}".TrimEnd('/') + (options.ServiceUrl is null ? "" : $" at {options.ServiceUrl.GetComponents(UriComponents.SchemeAndServer, UriFormat.UriEscaped)}");

    public TimeSpan? ClockOffset => http.Offset;

    /// <summary>For what only S3 has: the fitness check asks for versioning and expiry rules.</summary>
    public IAmazonS3 Client => client;

    public string Bucket => options.Bucket;

    /// <summary>What stands before every key: empty, or ending in a slash.</summary>
    public string Prefix => prefix;

    public async Task<Stream?> OpenAsync(string key, CancellationToken cancellationToken)
    {
        try
        {
            using var bound = Bound(cancellationToken);
            var response = await client.GetObjectAsync(options.Bucket, prefix + StoreKeys.Checked(key), bound.Token);
            return new ResponseBodyStream(response, options.AnswerTimeout, clock);
        }
        // Any other 404 does not come from a store that looked for the key: a proxy or a load balancer in front of nothing answers so too.
        catch (AmazonS3Exception e) when (e is { StatusCode: HttpStatusCode.NotFound, ErrorCode: "NoSuchKey" })
        {
            return null;
        }
        catch (Exception e) when (S3Failure.Is(e, cancellationToken))
        {
            throw S3Failure.Of(e, this, $"read {key}");
        }
    }

    public async Task<CreateOutcome> CreateAsync(string key, Stream content, CancellationToken cancellationToken)
    {
        var request = new PutObjectRequest
        {
            BucketName = options.Bucket,
            Key = prefix + StoreKeys.Checked(key),
            InputStream = content,
            AutoCloseStream = false,
            AutoResetStreamPosition = true,
            IfNoneMatch = "*",
            ContentType = "application/octet-stream",
        };
        content.Position = 0;
        try
        {
            using var bound = Bound(cancellationToken, content.Length);
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
        catch (Exception e) when (S3Failure.Is(e, cancellationToken))
        {
            throw S3Failure.Of(e, this, $"create {key}");
        }
    }

    public async IAsyncEnumerable<string> ListAsync(string prefix, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        StoreKeys.CheckedPrefix(prefix);
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
            catch (Exception e) when (S3Failure.Is(e, cancellationToken))
            {
                throw S3Failure.Of(e, this, $"list {prefix}");
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

    // The SDK's tries all together; a body gets the time that it takes on a slow line besides.
    private CancellationTokenSource Bound(CancellationToken cancellationToken, long length = 0) =>
        LinkedTimeout.After((options.AnswerTimeout + TimeSpan.FromSeconds(length / (double)SlowestBytesPerSecond)) * (options.Retries + 1), clock, cancellationToken);
}

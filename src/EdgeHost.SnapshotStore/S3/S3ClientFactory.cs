using Amazon;
using Amazon.Runtime;
using Amazon.S3;

namespace EdgeHost.SnapshotStore.S3;

/// <summary>Builds the SDK's client from our options.</summary>
public static class S3ClientFactory
{
    /// <param name="options">How to reach the bucket.</param>
    /// <param name="credentials">Null: the SDK's usual chain.</param>
    /// <param name="http">Null: the SDK's own HTTP stack.</param>
    public static AmazonS3Client Create(S3StoreOptions options, AWSCredentials? credentials = null, HttpClientFactory? http = null)
    {
        var config = new AmazonS3Config
        {
            MaxErrorRetry = options.Retries,
            ForcePathStyle = options.PathStyle ?? options.ServiceUrl is not null,
            // Bounds each single operation; the store adds the shorter bound for those that carry little.
            Timeout = TimeSpan.FromMinutes(10),
        };
        if (options.ServiceUrl is not null)
        {
            config.ServiceURL = options.ServiceUrl.AbsoluteUri;
            config.AuthenticationRegion = options.Region ?? "us-east-1";
        }
        else if (options.Region is not null)
        {
            config.RegionEndpoint = RegionEndpoint.GetBySystemName(options.Region);
        }

        if (options.ChecksumsWhenRequired)
        {
            config.RequestChecksumCalculation = RequestChecksumCalculation.WHEN_REQUIRED;
            config.ResponseChecksumValidation = ResponseChecksumValidation.WHEN_REQUIRED;
        }

        if (http is not null)
        {
            config.HttpClientFactory = http;
        }

        return credentials is null ? new AmazonS3Client(config) : new AmazonS3Client(credentials, config);
    }
}

namespace EdgeHost.SnapshotStore.S3;

/// <summary>How to reach a bucket on AWS or on any S3-compatible service. Credentials come from the AWS SDK's usual chain: environment, profile, container or instance role.</summary>
public sealed record S3StoreOptions
{
    public required string Bucket { get; init; }

    /// <summary>What stands before every key, without slashes at its ends. Default: none.</summary>
    public string Prefix { get; init; } = "";

    /// <summary>The service's URL, for services other than AWS. Default: AWS, by region.</summary>
    public Uri? ServiceUrl { get; init; }

    /// <summary>The region that requests are signed for. Default: the SDK's usual chain; <c>us-east-1</c> when a service URL is given.</summary>
    public string? Region { get; init; }

    /// <summary>Puts the bucket into the path and not into the host name. Default: true when a service URL is given, as most such services need it.</summary>
    public bool? PathStyle { get; init; }

    /// <summary>Sends and checks the SDK's newer checksums only where an operation requires them, for older engines that reject them. Default: false.</summary>
    public bool ChecksumsWhenRequired { get; init; }

    /// <summary>How long a connection attempt may take. Default: 3 s.</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>How long the store may take to begin its answer to a read, a listing or a small create. Default: 15 s.</summary>
    public TimeSpan AnswerTimeout { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>How often the SDK tries a request again that failed in a way which may pass. Default: 2.</summary>
    public int Retries { get; init; } = 2;
}

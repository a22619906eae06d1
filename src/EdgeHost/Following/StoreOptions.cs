namespace EdgeHost.Following;

/// <summary>The store that the edge follows. Read at start only.</summary>
internal sealed class StoreOptions
{
    /// <summary>A directory, or <c>s3://bucket/prefix</c>. Required.</summary>
    public string Location { get; set; } = "";

    /// <summary>For S3 services other than AWS: their URL. Default: none.</summary>
    public string? ServiceUrl { get; set; }

    /// <summary>The region that requests are signed for. Default: the AWS SDK's usual chain; <c>us-east-1</c> with a service URL.</summary>
    public string? Region { get; set; }

    /// <summary>Whether the bucket is in the path and not in the host name. Default: true with a service URL.</summary>
    public bool? PathStyle { get; set; }

    /// <summary>Sends the SDK's newer checksums only where required, for older engines. Default: false.</summary>
    public bool ChecksumsWhenRequired { get; set; }

    /// <summary>How often the journals are asked for news. 100 ms to 1 min. Default: 1 s, so that an activation is seen within 2 s.</summary>
    public TimeSpan PollInterval { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>How often the edge proves that the store still is what it was. 1 s to 1 h. Default: 15 s.</summary>
    public TimeSpan VerifyInterval { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>How many blobs are fetched at once, for all sites together, while activations wait for them; half as many for what comes after an activation. 1 to 64. Default: 8.</summary>
    public int WarmConcurrency { get; set; } = 8;
}

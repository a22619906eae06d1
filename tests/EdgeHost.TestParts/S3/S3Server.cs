using Amazon.Runtime;
using EdgeHost.SnapshotStore.S3;

namespace EdgeHost.TestParts.S3;

/// <summary>The real S3 engine that the tests were given: tests/s3/start-ceph-s3.sh starts one and prints these variables.</summary>
public static class S3Server
{
    public const string Missing = "S3 server: S3_ENDPOINT, S3_ACCESS_KEY and S3_SECRET_KEY are not set; eval \"$(tests/s3/start-ceph-s3.sh start DIR)\" starts one";

    public static bool IsThere => Endpoint is not null && Variable("S3_ACCESS_KEY") is not null && Variable("S3_SECRET_KEY") is not null;

    public static Uri? Endpoint => Variable("S3_ENDPOINT") is { } url ? new Uri(url) : null;

    public static string? DataDirectory => Variable("S3_DATA_DIR");

    public static AWSCredentials Credentials => new BasicAWSCredentials(Variable("S3_ACCESS_KEY"), Variable("S3_SECRET_KEY"));

    public static S3StoreOptions Options(string bucket, string prefix = "") =>
        new() { Bucket = bucket, Prefix = prefix, ServiceUrl = Endpoint, Region = Variable("S3_REGION") ?? "us-east-1" };

    private static string? Variable(string name) => Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : null;
}

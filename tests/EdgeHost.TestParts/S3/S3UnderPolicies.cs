using System.Text.Json.Nodes;
using Amazon.S3.Model;
using EdgeHost.SnapshotStore.S3;
using EdgeHost.TestParts.Files;

namespace EdgeHost.TestParts.S3;

/// <summary>A store on the real engine as its two users have it by the policies of deploy/s3, taken as they are.</summary>
public sealed class S3UnderPolicies : IAsyncDisposable
{
    private S3UnderPolicies(S3UnderTest under, S3SnapshotStore edge, S3SnapshotStore exporter) => (Under, Edge, Exporter) = (under, edge, exporter);

    /// <summary>As the bucket's owner has it.</summary>
    public S3UnderTest Under { get; }

    public S3SnapshotStore Edge { get; }

    public S3SnapshotStore Exporter { get; }

    public static async Task<S3UnderPolicies> CreateAsync(CancellationToken cancellationToken)
    {
        var under = await S3UnderTest.CreateAsync();
        var edge = await S3Users.CredentialsAsync("edge", cancellationToken);
        var exporter = await S3Users.CredentialsAsync("exporter", cancellationToken);
        var statements = new JsonArray([.. Statements(under, "edge"), .. Statements(under, "exporter")]);
        var policy = new JsonObject { ["Version"] = "2012-10-17", ["Statement"] = statements };
        await under.Owner.PutBucketPolicyAsync(new PutBucketPolicyRequest { BucketName = under.Bucket, Policy = policy.ToJsonString() }, cancellationToken);
        return new S3UnderPolicies(under, new S3SnapshotStore(under.Options, TimeProvider.System, edge), new S3SnapshotStore(under.Options, TimeProvider.System, exporter));
    }

    public async ValueTask DisposeAsync()
    {
        Edge.Dispose();
        Exporter.Dispose();
        await Under.DisposeAsync();
    }

    private static IEnumerable<JsonNode> Statements(S3UnderTest under, string user)
    {
        var text = File.ReadAllText(Repository.PathOf("deploy", "s3", $"{user}-policy.json"))
            .Replace("PRINCIPAL", $"arn:aws:iam:::user/{user}", StringComparison.Ordinal)
            .Replace("BUCKET", under.Bucket, StringComparison.Ordinal)
            .Replace("/PREFIX", $"/{under.Options.Prefix}", StringComparison.Ordinal);
        return JsonNode.Parse(text)!["Statement"]!.AsArray().Select(statement => statement!.DeepClone());
    }
}

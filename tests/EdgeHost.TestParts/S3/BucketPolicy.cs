using System.Text.Json.Nodes;
using EdgeHost.TestParts.Files;

namespace EdgeHost.TestParts.S3;

/// <summary>The policies of deploy/s3, as they are, filled in and merged as its README says.</summary>
public static class BucketPolicy
{
    public static string For(string bucket, string prefix)
    {
        JsonArray statements = [.. Statements("edge", bucket, prefix), .. Statements("exporter", bucket, prefix)];
        return new JsonObject { ["Version"] = "2012-10-17", ["Statement"] = statements }.ToJsonString();
    }

    private static List<JsonNode?> Statements(string user, string bucket, string prefix)
    {
        var text = File.ReadAllText(Repository.PathOf("deploy", "s3", $"{user}-policy.json"))
            .Replace("PRINCIPAL", $"arn:aws:iam:::user/{user}", StringComparison.Ordinal)
            .Replace("BUCKET", bucket, StringComparison.Ordinal)
            .Replace("/PREFIX", $"/{prefix}", StringComparison.Ordinal);
        return [.. JsonNode.Parse(text)!["Statement"]!.AsArray().Select(statement => statement?.DeepClone())];
    }
}

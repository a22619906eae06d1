using System.Text.Json.Nodes;

namespace EdgeHost.SystemTests.S3;

/// <summary>The policies of deploy/s3, filled in and merged as its README says.</summary>
internal static class BucketPolicy
{
    public static string For(string bucket, string prefix)
    {
        var root = Path.Combine(TestEnvironment.Root ?? throw new InvalidOperationException("EDGEHOST_TEST_ROOT is not set"), "deploy", "s3");
        JsonArray statements = [.. Statements(root, "edge", bucket, prefix), .. Statements(root, "exporter", bucket, prefix)];
        return new JsonObject { ["Version"] = "2012-10-17", ["Statement"] = statements }.ToJsonString();
    }

    private static List<JsonNode?> Statements(string root, string user, string bucket, string prefix)
    {
        var text = File.ReadAllText(Path.Combine(root, $"{user}-policy.json"))
            .Replace("PRINCIPAL", $"arn:aws:iam:::user/{user}", StringComparison.Ordinal)
            .Replace("BUCKET", bucket, StringComparison.Ordinal)
            .Replace("/PREFIX", $"/{prefix}", StringComparison.Ordinal);
        return [.. JsonNode.Parse(text)!["Statement"]!.AsArray().Select(statement => statement?.DeepClone())];
    }
}

using System.Text.Json.Serialization;

namespace EdgeHost.Replicas;

/// <summary>The file <c>serving.json</c>: the snapshot of a site that is completely in the replica.</summary>
internal sealed record ServingFile(int Format, string Snapshot, string Manifest, DateTimeOffset CapturedAt, int Entries)
{
    public const int CurrentFormat = 1;
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(ServingFile))]
internal sealed partial class ServingJson : JsonSerializerContext;

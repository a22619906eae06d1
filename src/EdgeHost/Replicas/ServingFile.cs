using System.Text.Json.Serialization;

namespace EdgeHost.Replicas;

/// <summary>The file <c>serving.json</c>: the snapshot of a site of which all is in the replica that its policy wants.</summary>
/// <param name="Format">1.</param>
/// <param name="Snapshot">Its id.</param>
/// <param name="Manifest">The hash of its manifest.</param>
/// <param name="CapturedAt">When its crawl began.</param>
/// <param name="Entries">How many answers it holds, whatever host they are of.</param>
/// <param name="Answers">How many of them can be given on the canonical host; left out where that are all.</param>
/// <param name="Missing">The bodies that could not be had; left out where there are none.</param>
internal sealed record ServingFile(int Format, string Snapshot, string Manifest, DateTimeOffset CapturedAt, int Entries, int? Answers = null, IReadOnlyList<string>? Missing = null)
{
    public const int CurrentFormat = 1;
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(ServingFile))]
internal sealed partial class ServingJson : JsonSerializerContext;

using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace EdgeHost.Replicas;

/// <summary>The file <c>format.json</c>: by which rules the replica was written. There was none in version 1; what is in it is otherwise the same.</summary>
/// <param name="Format">2: <c>serving.json</c> names a snapshot of which everything is here that the site's policy wants here, and not always all of it.</param>
internal sealed record ReplicaFormat(int Format)
{
    public const int Current = 2;

    /// <summary>The one before had no such file.</summary>
    private const int Unmarked = 1;

    [JsonIgnore]
    public bool IsNewer => Format > Current;

    [JsonIgnore]
    public bool IsOlder => Format < Current;

    /// <summary>What can't be read is as good as none: what matters is checked by its hash, or carries a format of its own.</summary>
    public static ReplicaFormat Of(string path)
    {
        try
        {
            return File.Exists(path) && JsonSerializer.Deserialize(File.ReadAllBytes(path), ReplicaFormatJson.Default.ReplicaFormat) is { Format: > 0 } found ? found : new ReplicaFormat(Unmarked);
        }
        catch (Exception e) when (e is JsonException || DiskFault.Is(e))
        {
            return new ReplicaFormat(Unmarked);
        }
    }

    public static byte[] Mark() => JsonSerializer.SerializeToUtf8Bytes(new ReplicaFormat(Current), ReplicaFormatJson.Default.ReplicaFormat);

    public override string ToString() => Format.ToString(CultureInfo.InvariantCulture);
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(ReplicaFormat))]
internal sealed partial class ReplicaFormatJson : JsonSerializerContext;

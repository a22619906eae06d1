using System.Text.Json;
using System.Text.Json.Serialization;
using EdgeHost.SnapshotStore.Blobs;
using EdgeHost.SnapshotStore.Manifests;
using EdgeHost.SnapshotStore.Sites;

namespace EdgeHost.SnapshotStore;

/// <summary>Values that stand in JSON as the text that they parse from.</summary>
internal abstract class TextConverter<T>(Func<string, T> parse) : JsonConverter<T>
    where T : struct
{
    public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        try
        {
            return parse(reader.GetString() ?? "");
        }
        catch (Exception e) when (e is FormatException or InvalidOperationException)
        {
            throw new JsonException(e.Message, e);
        }
    }

    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) => writer.WriteStringValue(value.ToString());

    public override T ReadAsPropertyName(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => Read(ref reader, typeToConvert, options);

    public override void WriteAsPropertyName(Utf8JsonWriter writer, T value, JsonSerializerOptions options) => writer.WritePropertyName(value.ToString()!);
}

/// <summary>Enumerations stand in JSON by their names alone: a number would get through to a value that no code knows.</summary>
internal sealed class NamedEnumConverter<T>() : JsonStringEnumConverter<T>(namingPolicy: null, allowIntegerValues: false)
    where T : struct, Enum;

internal sealed class SiteIdConverter() : TextConverter<SiteId>(SiteId.Parse);

internal sealed class HostNameConverter() : TextConverter<HostName>(HostName.Parse);

internal sealed class SnapshotIdConverter() : TextConverter<SnapshotId>(SnapshotId.Parse);

internal sealed class BlobHashConverter() : TextConverter<BlobHash>(BlobHash.Parse);

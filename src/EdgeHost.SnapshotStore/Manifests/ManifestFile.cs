using System.IO.Compression;
using System.Text.Json;
using System.Text.Json.Serialization;
using EdgeHost.SnapshotStore.Blobs;

namespace EdgeHost.SnapshotStore.Manifests;

/// <summary>A manifest as it is stored: gzip-compressed JSON, so that a person can read it with <c>gunzip</c>.</summary>
public static class ManifestFile
{
    // A manifest is ours, but a bucket can be written to by others: a bomb must not take an edge's memory.
    private const int MaxJsonBytes = 256 * 1024 * 1024;

    public static byte[] Write(SnapshotManifest manifest)
    {
        using var buffer = new MemoryStream();
        using (var gzip = new GZipStream(buffer, CompressionLevel.SmallestSize, leaveOpen: true))
        {
            JsonSerializer.Serialize(gzip, manifest, ManifestJson.Default.SnapshotManifest);
        }

        return buffer.ToArray();
    }

    /// <exception cref="StoreException"><see cref="StoreFailure.Invalid"/>: not the promised bytes, not a manifest, or of a newer format.</exception>
    public static SnapshotManifest Read(byte[] stored, BlobHash expected)
    {
        var found = BlobHash.Of(stored);
        if (found != expected)
        {
            throw Invalid($"its hash is {found}, and the journal says {expected}");
        }

        return Read(stored);
    }

    /// <inheritdoc cref="Read(byte[], BlobHash)"/>
    public static SnapshotManifest Read(byte[] stored)
    {
        SnapshotManifest? manifest;
        try
        {
            using var gzip = new GZipStream(new MemoryStream(stored, writable: false), CompressionMode.Decompress);
            using var json = new BoundedReadStream(gzip, MaxJsonBytes);
            manifest = JsonSerializer.Deserialize(json, ManifestJson.Default.SnapshotManifest);
        }
        catch (Exception e) when (e is JsonException or InvalidDataException or FormatException or IOException)
        {
            throw Invalid(e.Message, e);
        }

        return ManifestRules.FirstBroken(manifest) is { } broken ? throw Invalid(broken) : manifest!;
    }

    private static StoreException Invalid(string why, Exception? inner = null) =>
        new(StoreFailure.Invalid, $"The manifest can't be used: {why}. Publish the site again, or activate another snapshot.", inner);
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    Converters = [typeof(SiteIdConverter), typeof(HostNameConverter), typeof(SnapshotIdConverter), typeof(BlobHashConverter)])]
[JsonSerializable(typeof(SnapshotManifest))]
internal sealed partial class ManifestJson : JsonSerializerContext;

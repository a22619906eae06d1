using System.Text.Json.Serialization;

namespace EdgeHost.SnapshotStore.Blobs;

/// <summary>A content coding of stored bytes: identity, or one of the codings of the IANA registry that browsers accept.</summary>
[JsonConverter(typeof(NamedEnumConverter<ContentCoding>))]
public enum ContentCoding
{
    /// <summary>As the origin sends it to a client that accepts no coding.</summary>
    [JsonStringEnumMemberName("identity")]
    Identity,

    /// <summary>RFC 1952.</summary>
    [JsonStringEnumMemberName("gzip")]
    Gzip,

    /// <summary>RFC 7932.</summary>
    [JsonStringEnumMemberName("br")]
    Brotli,

    /// <summary>RFC 8878.</summary>
    [JsonStringEnumMemberName("zstd")]
    Zstandard,
}

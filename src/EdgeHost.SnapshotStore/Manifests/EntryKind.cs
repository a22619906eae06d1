using System.Text.Json.Serialization;

namespace EdgeHost.SnapshotStore.Manifests;

/// <summary>Documents are what visitors navigate to; assets are what documents load. They are counted apart, and only assets are retained past their snapshot.</summary>
[JsonConverter(typeof(NamedEnumConverter<EntryKind>))]
public enum EntryKind
{
    [JsonStringEnumMemberName("document")]
    Document,

    [JsonStringEnumMemberName("asset")]
    Asset,
}

using System.Text.Json.Serialization;

namespace EdgeHost.SnapshotStore.Operating;

/// <summary>What an operator wants of a site.</summary>
[JsonConverter(typeof(NamedEnumConverter<OperatorMode>))]
public enum OperatorMode
{
    /// <summary>The edge decides by the origin's health.</summary>
    [JsonStringEnumMemberName("auto")]
    Auto,

    /// <summary>Always the origin, well or not.</summary>
    [JsonStringEnumMemberName("live")]
    Live,

    /// <summary>Always the snapshot; what it doesn't hold is unavailable.</summary>
    [JsonStringEnumMemberName("snapshot")]
    Snapshot,

    /// <summary>Neither: 503 with a maintenance page that names the site.</summary>
    [JsonStringEnumMemberName("maintenance")]
    Maintenance,
}

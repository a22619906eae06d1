using System.Text.Json.Serialization;

namespace EdgeHost.SnapshotStore.Manifests;

/// <summary>How a site answers on one of its hosts and schemes, relative to its canonical ones.</summary>
[JsonConverter(typeof(NamedEnumConverter<HostRule>))]
public enum HostRule
{
    /// <summary>The same answers as on the canonical host and scheme.</summary>
    [JsonStringEnumMemberName("same")]
    Same,

    /// <summary>Every target is redirected to the same target elsewhere: <c>http</c> to <c>https</c>, an alias to the canonical host.</summary>
    [JsonStringEnumMemberName("redirect")]
    Redirect,

    /// <summary>Neither: the view has entries of its own.</summary>
    [JsonStringEnumMemberName("own")]
    Own,
}

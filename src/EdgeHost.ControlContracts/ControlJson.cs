using System.Text.Json.Serialization;

namespace EdgeHost.ControlContracts;

/// <summary>How the control API's messages stand in JSON.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, WriteIndented = true, PropertyNameCaseInsensitive = true)]
[JsonSerializable(typeof(SitesResponse))]
[JsonSerializable(typeof(OverrideRequest))]
[JsonSerializable(typeof(OverrideResponse))]
[JsonSerializable(typeof(OverridesResponse))]
[JsonSerializable(typeof(AcceptStoreRequest))]
[JsonSerializable(typeof(Problem))]
public sealed partial class ControlJson : JsonSerializerContext;

using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace EdgeHost.ControlContracts;

/// <summary>How the control API's messages stand in JSON.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, WriteIndented = true, PropertyNameCaseInsensitive = true)]
[JsonSerializable(typeof(SitesResponse))]
[JsonSerializable(typeof(OverrideRequest))]
[JsonSerializable(typeof(OverrideResponse))]
[JsonSerializable(typeof(OverridesResponse))]
[JsonSerializable(typeof(PlanRequest))]
[JsonSerializable(typeof(PlanResponse))]
[JsonSerializable(typeof(ExplainResponse))]
[JsonSerializable(typeof(AcceptStoreRequest))]
[JsonSerializable(typeof(CertificatesResponse))]
[JsonSerializable(typeof(Problem))]
public sealed partial class ControlJson : JsonSerializerContext
{
    /// <summary>As the edge writes them: read by people in terminals too, so quotes and plus signs stand as they are. Never put into HTML.</summary>
    public static ControlJson Readable { get; } = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        PropertyNameCaseInsensitive = true,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });
}

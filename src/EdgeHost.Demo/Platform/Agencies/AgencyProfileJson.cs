using System.Text.Json;
using System.Text.Json.Serialization;

namespace EdgeHost.Demo.Platform.Agencies;

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow)]
[JsonSerializable(typeof(AgencyProfile))]
internal sealed partial class AgencyProfileJson : JsonSerializerContext;

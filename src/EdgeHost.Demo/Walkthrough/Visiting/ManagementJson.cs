using System.Text.Json;
using System.Text.Json.Serialization;

namespace EdgeHost.Demo.Walkthrough.Visiting;

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(SitesAnswer))]
internal sealed partial class ManagementJson : JsonSerializerContext;

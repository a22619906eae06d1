using System.Collections.Frozen;
using System.Text.Json;

namespace EdgeHost.Demo.Platform.Agencies;

/// <summary>Every agency of the platform, found by the host that a visitor asked for.</summary>
internal sealed class AgencyDirectory
{
    public static readonly IReadOnlyList<string> Ids = ["nova", "atlas", "mira"];

    private readonly FrozenDictionary<string, Agency> byHost =
        Ids.Select(id => new Agency(Read(id))).ToFrozenDictionary(agency => agency.Host, StringComparer.OrdinalIgnoreCase);

    public Agency? Find(HostString host) => host.HasValue ? byHost.GetValueOrDefault(host.Host) : null;

    private static AgencyProfile Read(string id)
    {
        using var stream = typeof(AgencyDirectory).Assembly.GetManifestResourceStream($"agencies/{id}.json")
            ?? throw new InvalidOperationException($"The assembly holds no agency '{id}'.");
        return JsonSerializer.Deserialize(stream, AgencyProfileJson.Default.AgencyProfile)
            ?? throw new InvalidOperationException($"The agency '{id}' is null.");
    }
}

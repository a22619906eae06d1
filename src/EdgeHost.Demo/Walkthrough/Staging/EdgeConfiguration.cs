using System.Text.Json;
using System.Text.Json.Nodes;
using EdgeHost.Demo.Walkthrough.Planning;

namespace EdgeHost.Demo.Walkthrough.Staging;

/// <summary>The edge's configuration file: one origin, a site for each agency.</summary>
internal static class EdgeConfiguration
{
    private const string Origin = "platform";

    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    public static Task WriteAsync(StagePlan plan, IEnumerable<string> siteIds, CancellationToken cancellationToken)
    {
        var sites = new JsonObject();
        foreach (var id in siteIds)
        {
            sites[id] = new JsonObject { ["Hosts"] = new JsonArray($"{id}.localhost"), ["Origin"] = Origin };
        }

        var file = new JsonObject
        {
            ["EdgeHost"] = new JsonObject
            {
                ["PublicUrl"] = Address(plan.Edge),
                ["DataDirectory"] = plan.EdgeData,
                ["AccessLog"] = new JsonObject { ["Path"] = plan.AccessLog },
                ["Management"] = new JsonObject { ["Url"] = Address(plan.Management), ["Token"] = plan.Token },
                ["Store"] = new JsonObject { ["Location"] = plan.Store },
                ["Origins"] = new JsonObject { [Origin] = new JsonObject { ["Address"] = Address(plan.Platform) } },
                // A platform in production gets its visitors back over 40 s; who looks at a demonstration should not have to wait for that.
                ["Switching"] = new JsonObject { ["RampDwell"] = "00:00:01" },
                ["Sites"] = sites,
            },
        };
        return File.WriteAllTextAsync(plan.EdgeConfiguration, file.ToJsonString(Indented), cancellationToken);
    }

    private static string Address(Uri url) => url.GetLeftPart(UriPartial.Authority);
}

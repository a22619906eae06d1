using System.Text.Json.Nodes;

namespace ManySites;

/// <summary>The configuration of an edge that has all sites of such a store.</summary>
internal static class EdgeSettings
{
    /// <param name="file">Where to write it.</param>
    /// <param name="sites">How many sites.</param>
    /// <param name="hosts">How many hosts each.</param>
    /// <param name="settings">What else is in it, as <c>Store:Location=/srv/store</c>.</param>
    public static async Task WriteAsync(string file, int sites, int hosts, IEnumerable<string> settings)
    {
        var edge = new JsonObject();
        foreach (var setting in settings)
        {
            var (keys, value) = (setting[..setting.IndexOf('=', StringComparison.Ordinal)].Split(':'), setting[(setting.IndexOf('=', StringComparison.Ordinal) + 1)..]);
            var at = edge;
            foreach (var key in keys[..^1])
            {
                at = (JsonObject)(at[key] ??= new JsonObject());
            }

            at[keys[^1]] = value;
        }

        var table = new JsonObject();
        for (var n = 0; n < sites; n++)
        {
            var names = new JsonArray();
            for (var host = 0; host < hosts; host++)
            {
                names.Add(StoreFill.HostOf(n, host));
            }

            table[StoreFill.SiteOf(n)] = new JsonObject { ["Name"] = $"Site {n}", ["Hosts"] = names, ["Origin"] = "platform" };
        }

        edge["Sites"] = table;
        await File.WriteAllTextAsync(file, new JsonObject { ["EdgeHost"] = edge }.ToJsonString());
    }
}

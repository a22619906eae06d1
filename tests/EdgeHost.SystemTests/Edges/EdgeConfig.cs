using System.Globalization;
using System.Text.Json.Nodes;
using EdgeHost.SystemTests.Processes;

namespace EdgeHost.SystemTests.Edges;

/// <summary>The configuration of an edge with one origin and one site, to be changed by a test before the start and written again for a reload.</summary>
internal sealed class EdgeConfig
{
    private readonly JsonObject root;

    /// <param name="directory">Where the file, the replica and the access log go.</param>
    /// <param name="store">A directory or <c>s3://bucket/prefix</c>.</param>
    /// <param name="originPort">Of the site's origin, on 127.0.0.1.</param>
    /// <param name="site">The site's id; its host is <c>{site}.example</c>.</param>
    public EdgeConfig(string directory, string store, int originPort, string site)
        : this(directory, store)
    {
        AddOrigin("platform", Url(originPort));
        AddSite(site, "platform");
    }

    /// <summary>Without origins and sites: they are to be added.</summary>
    public EdgeConfig(string directory, string store)
    {
        File = Path.Combine(directory, "edge.json");
        AccessLogFile = Path.Combine(directory, "access.log");
        root = new JsonObject
        {
            ["EdgeHost"] = new JsonObject
            {
                ["PublicUrl"] = Url(PublicPort),
                ["DataDirectory"] = Path.Combine(directory, "data"),
                ["AccessLog"] = new JsonObject { ["Path"] = AccessLogFile },
                ["Management"] = new JsonObject { ["Url"] = Url(ManagementPort), ["Token"] = BearerToken },
                ["Store"] = new JsonObject { ["Location"] = store },
            },
        };
        Directory.CreateDirectory(directory);
    }

    public string File { get; }

    public string AccessLogFile { get; }

    public int PublicPort { get; } = Ports.Free();

    public int ManagementPort { get; } = Ports.Free();

    public string ManagementUrl => Url(ManagementPort);

    public string BearerToken { get; } = $"token-{Guid.NewGuid():N}";

    public EdgeConfig AddOrigin(string name, string address) => Set($"Origins:{name}:Address", address);

    /// <summary>A site whose host is <c>{id}.example</c>.</summary>
    public EdgeConfig AddSite(string id, string origin) => Set($"Sites:{id}", new JsonObject { ["Hosts"] = new JsonArray($"{id}.example"), ["Origin"] = origin });

    /// <summary>Sets a key such as <c>Live:CoveredHeadersTimeout</c>; null removes it.</summary>
    public EdgeConfig Set(string key, JsonNode? value)
    {
        var at = root["EdgeHost"]!.AsObject();
        var names = key.Split(':');
        foreach (var name in names[..^1])
        {
            at = (at[name] ??= new JsonObject()).AsObject();
        }

        if (value is null)
        {
            at.Remove(names[^1]);
        }
        else
        {
            at[names[^1]] = value;
        }

        return this;
    }

    public void Write() => System.IO.File.WriteAllText(File, root.ToJsonString());

    private static string Url(int port) => string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}");
}

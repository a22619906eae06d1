using System.Security.Cryptography;

namespace EdgeHost.Demo.Walkthrough.Planning;

/// <summary>Where everything of one walkthrough is: decided once, before anything is started.</summary>
internal sealed record StagePlan
{
    private const int UsualPort = 8080;

    public required string Directory { get; init; }

    /// <summary>A directory of our own making goes when all went well; one that was asked for stays.</summary>
    public required bool Temporary { get; init; }

    public required int PlatformPort { get; init; }

    public required int EdgePort { get; init; }

    public required int ManagementPort { get; init; }

    public required string Token { get; init; }

    public Uri Platform => Loopback(PlatformPort);

    public Uri Edge => Loopback(EdgePort);

    public Uri Management => Loopback(ManagementPort);

    public string Store => Path.Combine(Directory, "store");

    public string EdgeData => Path.Combine(Directory, "edge-data");

    public string EdgeConfiguration => Path.Combine(Directory, "edge.json");

    public string AccessLog => Path.Combine(Directory, "access.log");

    public static StagePlan For(string? directory, int? port)
    {
        if (port is { } wanted && !LoopbackPort.IsFree(wanted))
        {
            throw new WalkthroughException($"Port {wanted} is in use. Choose another with --port, or leave --port away.");
        }

        var free = LoopbackPort.Free(3);
        return new StagePlan
        {
            Directory = directory is null
                ? System.IO.Directory.CreateTempSubdirectory("edgehost-demo-").FullName
                : System.IO.Directory.CreateDirectory(directory).FullName,
            Temporary = directory is null,
            PlatformPort = free[0],
            EdgePort = port ?? (LoopbackPort.IsFree(UsualPort) ? UsualPort : free[1]),
            ManagementPort = free[2],
            Token = RandomNumberGenerator.GetHexString(32, lowercase: true),
        };
    }

    public string Log(string name) => Path.Combine(Directory, $"{name}.log");

    /// <summary>The host and port under which visitors know a site; the port is part of every absolute link.</summary>
    public string Authority(string siteId) => $"{siteId}.localhost:{EdgePort}";

    private static Uri Loopback(int port) => new($"http://127.0.0.1:{port}");
}

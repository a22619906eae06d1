using System.Text.Json.Nodes;
using EdgeHost.SystemTests.Edges;
using EdgeHost.SystemTests.Exports;
using EdgeHost.SystemTests.Origins;
using EdgeHost.SystemTests.Processes;

namespace EdgeHost.SystemTests.BadInput;

/// <summary>One edge before an origin that keeps every byte (<c>shop.example</c>), and a second site whose origin is dead (<c>frozen.example</c>).</summary>
public sealed class BadInputBench : IAsyncLifetime
{
    internal const string Host = "shop.example";
    internal const string FrozenHost = "frozen.example";
    internal const string FrozenPath = "/page";

    internal static readonly string FrozenPage = HandMadeSnapshot.Page("Frozen");

    private readonly Scratch scratch = new();
    private EdgeProcess? edge;

    internal RawOrigin Origin { get; } = new();

    internal EdgeProcess Edge => edge!;

    public async ValueTask InitializeAsync()
    {
        await HandMadeSnapshot.PublishAsync(scratch["store"], "frozen", new Dictionary<string, string> { ["/"] = FrozenPage, [FrozenPath] = FrozenPage }, CancellationToken.None);
        var config = new EdgeConfig(scratch["edge"], scratch["store"], Origin.Port, "shop")
            // What the origin gets is counted, and probes are not what is tried.
            .Set("Origins:platform:ProbeInterval", "00:05:00")
            .Set("Sites:shop:Hosts", JsonNode.Parse($$"""["{{Host}}", "xn--mnchen-3ya.example"]"""))
            .Set("Origins:dead", JsonNode.Parse($$"""{ "Address": "http://127.0.0.1:{{Ports.Free()}}" }"""))
            .Set("Sites:frozen", JsonNode.Parse($$"""{ "Hosts": ["{{FrozenHost}}"], "Origin": "dead" }"""));
        edge = await EdgeProcess.StartAsync(config, CancellationToken.None);
        await edge.UntilDecidedAsync("snapshot", "/", FrozenHost, TimeSpan.FromSeconds(5), CancellationToken.None);
    }

    public async ValueTask DisposeAsync()
    {
        if (edge is not null)
        {
            await edge.DisposeAsync();
        }

        await Origin.DisposeAsync();
        scratch.Dispose();
    }

    /// <summary>Sends exactly these bytes on a connection of their own and reads what comes back; null when the connection ends without an answer.</summary>
    internal async Task<RawResponse?> SendAsync(string bytes, CancellationToken cancellationToken)
    {
        using var connection = await RawConnection.OpenAsync(Edge.Config.PublicPort, cancellationToken);
        try
        {
            await connection.SendAsync(bytes, cancellationToken);
        }
        catch (System.Net.Sockets.SocketException)
        {
            // Refused before all was sent; the answer may have come all the same.
        }

        try
        {
            return await connection.ReadResponseAsync(cancellationToken, toHead: bytes.StartsWith("HEAD ", StringComparison.Ordinal));
        }
        catch (ConnectionEndedException)
        {
            return null;
        }
    }

    /// <summary>The lines, in the access log or the event log, that name a refused request.</summary>
    internal IReadOnlyList<string> RefusalLines() =>
    [
        .. Edge.ReadAccessLog().Where(line => line.Contains("\"decision\":\"refused\"", StringComparison.Ordinal)),
        .. Edge.Log.Where(line => line.Contains("bad request", StringComparison.OrdinalIgnoreCase)),
    ];
}

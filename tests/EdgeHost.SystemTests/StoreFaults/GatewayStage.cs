using System.Globalization;
using System.Text;
using EdgeHost.SystemTests.Edges;
using EdgeHost.SystemTests.Exports;
using EdgeHost.SystemTests.S3;

namespace EdgeHost.SystemTests.StoreFaults;

/// <summary>A real S3 engine behind a gateway that fails, and an edge with a site of which it keeps the documents: what they load is not in the replica until it is asked for.</summary>
public sealed class GatewayStage : IAsyncLifetime
{
    internal const string Site = "shop";
    internal const string Host = "shop.example";

    private const int Documents = 40;
    private const int FilesPerFault = 20;

    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(30);

    private readonly Scratch scratch = new();
    private readonly Dictionary<string, string> pages = [];
    private S3Engine? engine;
    private FaultyGateway? gateway;
    private EdgeProcess? edge;

    internal static IReadOnlyList<string> InReplica { get; } = ["/", .. Enumerable.Range(1, Documents).Select(i => string.Create(CultureInfo.InvariantCulture, $"/page-{i}"))];

    internal FaultyGateway Gateway => gateway!;

    internal EdgeProcess Edge => edge!;

    internal static IReadOnlyList<string> NotInReplica(StoreFault fault) => [.. Enumerable.Range(0, FilesPerFault).Select(i => string.Create(CultureInfo.InvariantCulture, $"/{fault.ToString().ToLowerInvariant()}-{i}.css"))];

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    /// <summary>Once for all tests of the class; skips where there is no engine.</summary>
    internal async Task StartAsync(CancellationToken cancellationToken)
    {
        if (edge is not null)
        {
            return;
        }

        engine = S3Engine.Require();
        var bucket = await engine.CreateBucketAsync(cancellationToken);
        foreach (var key in InReplica.Concat(Enum.GetValues<StoreFault>().SelectMany(NotInReplica)))
        {
            pages[key] = HandMadeSnapshot.Page($"This is {key}", 6000);
        }

        await HandMadeSnapshot.PublishAsync(engine.OpenForExport(bucket), Site, pages, cancellationToken);
        gateway = new FaultyGateway(engine.Endpoint);
        await gateway.SetAsync(StoreFault.None);
        var config = new EdgeConfig(scratch["edge"], bucket.Location, Ports.Free(), Site).Set("Store:ServiceUrl", gateway.Endpoint).Set($"Sites:{Site}:Replica", "Hot");
        edge = await EdgeProcess.StartAsync(config, cancellationToken, bucket.Edge.Environment);
        await edge.Management.SetModeAsync($"sites/{Site}", "snapshot", cancellationToken);
        await edge.UntilShownAsync("This is /", Host, Soon, cancellationToken);
    }

    internal bool IsRight(string target, RawResponse answer) => answer.Status == 200 && answer.Body.AsSpan().SequenceEqual(Encoding.UTF8.GetBytes(pages[target]));

    public async ValueTask DisposeAsync()
    {
        if (edge is not null)
        {
            await edge.DisposeAsync();
        }

        if (gateway is not null)
        {
            await gateway.DisposeAsync();
        }

        if (engine is not null)
        {
            await engine.DisposeAsync();
        }

        scratch.Dispose();
    }
}

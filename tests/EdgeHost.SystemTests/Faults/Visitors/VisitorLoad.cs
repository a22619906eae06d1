using EdgeHost.SystemTests.Faults.Platforms;

namespace EdgeHost.SystemTests.Faults.Visitors;

/// <summary>
/// Visitors of covered pages, and beside them some who ask for what no snapshot can answer. Each connection asks so often per second, and not as
/// often as it can: otherwise what is measured is this machine.
/// </summary>
internal sealed class VisitorLoad : IAsyncDisposable
{
    public const int Connections = 32;

    private const int UncoveredConnections = 4;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    // Twice what the slowest of these tests may wait; a body that drips would take minutes.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    private readonly CancellationTokenSource stop = new();
    private readonly int port;
    private readonly IReadOnlyList<PlatformSite> sites;
    private readonly int addresses;
    private readonly Task running;
    private int next;

    private VisitorLoad(int port, IReadOnlyList<PlatformSite> sites, int addresses, int connections, int uncovered)
    {
        this.port = port;
        this.sites = sites;
        this.addresses = addresses;
        running = Task.WhenAll([
            .. Enumerable.Range(0, connections).Select(i => Task.Run(() => VisitAsync(i))),
            .. Enumerable.Range(0, uncovered).Select(i => Task.Run(() => AskUncoveredAsync(i))),
        ]);
    }

    /// <summary>Covered GETs.</summary>
    public VisitLog Covered { get; } = new();

    /// <summary>GETs and POSTs that only the platform can answer.</summary>
    public VisitLog Uncovered { get; } = new();

    public LoadPhase Phase
    {
        set => (Covered.Phase, Uncovered.Phase) = (value, value);
    }

    /// <param name="port">The edge's.</param>
    /// <param name="sites">Each visit is to one of them.</param>
    /// <param name="addresses">How many visitors there are.</param>
    public static VisitorLoad Start(int port, IReadOnlyList<PlatformSite> sites, int addresses = Connections) => new(port, sites, addresses, Connections, UncoveredConnections);

    /// <summary>Covered pages of one site on half as many connections, to compare others with at the same time.</summary>
    public static VisitorLoad StartBeside(int port, PlatformSite site) => new(port, [site], Connections, Connections / 2, uncovered: 0);

    /// <summary>Ends it after the visits under way.</summary>
    public async Task StopAsync()
    {
        await stop.CancelAsync();
        await running;
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        stop.Dispose();
    }

    private async Task VisitAsync(int connection)
    {
        var random = new Random(connection);
        using var visitor = new Visitor(port, Patience);
        while (!stop.IsCancellationRequested)
        {
            var site = sites[random.Next(sites.Count)];
            var path = site.Paths[random.Next(site.Paths.Count)];
            var phase = Covered.Phase;
            var (answer, took, problem) = await visitor.AskAsync("GET", site.Host, path, Address(connection, random), default, CancellationToken.None);
            var kind = VisitKind.Wrong;
            if (answer is not null)
            {
                (kind, problem) = VisitJudge.Of(site, path, answer);
            }

            Covered.Add(new Visit(phase, kind, took, site.Id, problem));
            await PauseAsync(random);
        }
    }

    private async Task AskUncoveredAsync(int connection)
    {
        var random = new Random(-1 - connection);
        var (method, body) = connection % 2 == 0 ? ("GET", Array.Empty<byte>()) : ("POST", "name=Nova"u8.ToArray());
        using var visitor = new Visitor(port, Patience);
        while (!stop.IsCancellationRequested)
        {
            var site = sites[random.Next(sites.Count)];
            var phase = Uncovered.Phase;
            var (answer, took, problem) = await visitor.AskAsync(method, site.Host, $"/order?id=load-{Interlocked.Increment(ref next)}", Address(connection, random), body, CancellationToken.None);
            var kind = answer?.DecisionKind switch
            {
                null => VisitKind.Wrong,
                "live" => VisitKind.Live,
                _ => VisitKind.Unavailable,
            };
            Uncovered.Add(new Visit(phase, kind, took, site.Id, problem));
            await PauseAsync(random);
        }
    }

    // From the network of RFC 2544, which is nobody's.
    private string Address(int connection, Random random)
    {
        var visitor = addresses == Connections ? connection : random.Next(addresses);
        return $"198.18.{visitor / 250}.{1 + (visitor % 250)}";
    }

    private Task PauseAsync(Random random) => Wait.ForAsync(Pause * (0.5 + random.NextDouble()), stop.Token).ContinueWith(static _ => { }, TaskScheduler.Default);
}

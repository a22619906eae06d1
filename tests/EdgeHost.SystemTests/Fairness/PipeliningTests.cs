using System.Net;
using System.Net.Sockets;
using System.Text;
using EdgeHost.SystemTests.Edges;
using EdgeHost.SystemTests.Exports;

namespace EdgeHost.SystemTests.Fairness;

/// <summary>A client that sends its requests ahead of the answers, so that the edge always has the next one at hand, has not the edge to itself; on one processor neither.</summary>
public sealed class PipeliningTests : IDisposable
{
    private const string Host = "shop.example";
    private const int Visits = 5000;

    // With a small answer, so that reading it holds nothing up.
    private static readonly byte[] Request = Encoding.ASCII.GetBytes($"GET / HTTP/1.1\r\nHost: {Host}\r\nIf-None-Match: *\r\n\r\n");

    private readonly Scratch scratch = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => scratch.Dispose();

    // So many, as each is only kept out where the other has its next request always at hand, which a busy machine does not always let it have.
    [Fact(Timeout = 180_000)]
    [Trait("Category", "Long")]
    public async Task Who_sends_ahead_keeps_nobody_out()
    {
        await HandMadeSnapshot.PublishAsync(scratch["store"], "shop", new Dictionary<string, string> { ["/"] = HandMadeSnapshot.Page("a page") }, Cancel);
        await using var edge = await EdgeProcess.StartAsync(
            new EdgeConfig(scratch["edge"], scratch["store"], Ports.Free(), "shop"), Cancel, new Dictionary<string, string?> { ["DOTNET_PROCESSOR_COUNT"] = "1" });
        await edge.UntilDecidedAsync("snapshot", "/", Host, TimeSpan.FromSeconds(10), Cancel);
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        using var greedy = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await greedy.ConnectAsync(IPAddress.Loopback, edge.Config.PublicPort, Cancel);
        // A request by itself: what comes after that is read where the kernel tells of it, and not where connections begin.
        await greedy.SendAsync(Request, Cancel);
        Assert.NotEqual(0, await greedy.ReceiveAsync(new byte[10_000], Cancel));
        var received = 0L;
        var flood = Task.WhenAll(SendAheadAsync(greedy, enough.Token), ReceiveAsync());
        await Wait.UntilAsync("it is being answered", TimeSpan.FromSeconds(10), () => Volatile.Read(ref received) > 1_000_000, Cancel);

        for (var visit = 0; visit < Visits; visit++)
        {
            Assert.Equal(200, (await edge.GetAsync("/", Host, Cancel)).Status);
        }

        Assert.False(flood.IsCompleted, "the client that sent ahead was cut off");
        TestContext.Current.SendDiagnosticMessage($"{Visits} visits while {received / 1_000_000} MB of other answers went out");
        await enough.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => flood);

        async Task ReceiveAsync()
        {
            var buffer = new byte[1_000_000];
            while (await greedy.ReceiveAsync(buffer, enough.Token) is var read and > 0)
            {
                Interlocked.Add(ref received, read);
            }
        }
    }

    private static async Task SendAheadAsync(Socket greedy, CancellationToken cancellationToken)
    {
        var requests = Enumerable.Repeat(Request, 5000).SelectMany(request => request).ToArray();
        while (true)
        {
            await greedy.SendAsync(requests, cancellationToken);
        }
    }
}

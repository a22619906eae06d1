using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;
using EdgeHost.SystemTests.Processes;

namespace EdgeHost.SystemTests.Origins;

/// <summary>
/// A pass-through before the real origin that changes no byte and remembers all. While the real one refuses connections, so does this:
/// it closes its listener until the other is back.
/// </summary>
internal sealed class RecordingOrigin : IAsyncDisposable
{
    private static readonly TimeSpan LookAgainAfter = TimeSpan.FromMilliseconds(50);

    private readonly int realPort;
    private readonly CancellationTokenSource stop = new();
    private readonly ConcurrentDictionary<string, ConcurrentQueue<Exchange>> exchanges = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<Socket, OriginMode> open = new();
    private readonly Task running;
    private volatile OriginMode mode = OriginMode.Pass;
    private volatile bool realIsGone;
    private Socket listener;

    public RecordingOrigin(int realPort)
    {
        this.realPort = realPort;
        listener = Listen();
        running = RunAsync();
    }

    public int Port { get; } = Ports.Free();

    /// <summary>For new connections. Those that were swallowed by the mode before are reset.</summary>
    public OriginMode Mode
    {
        get => mode;
        set
        {
            mode = value;
            foreach (var (socket, its) in open)
            {
                if (its == OriginMode.BlackHole && value != OriginMode.BlackHole)
                {
                    Reset(socket);
                }
            }
        }
    }

    /// <summary>How many requests there were.</summary>
    public int Count => exchanges.Values.Sum(queue => queue.Count);

    /// <summary>Whether the real origin gave exactly this answer to that target, whole.</summary>
    public bool Saw(string target, int status, byte[] body) =>
        exchanges.TryGetValue(target, out var candidates) && candidates.Reverse().Any(exchange => exchange.Was(status, body));

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        listener.Dispose();
        foreach (var socket in open.Keys)
        {
            Reset(socket);
        }

        await running;
        stop.Dispose();
    }

    private async Task RunAsync()
    {
        while (!stop.IsCancellationRequested)
        {
            try
            {
                var client = await listener.AcceptAsync(stop.Token);
                _ = ServeAsync(client);
            }
            catch (Exception e) when (e is SocketException or ObjectDisposedException or OperationCanceledException)
            {
                await ReopenAsync();
            }
        }
    }

    private async Task ReopenAsync()
    {
        while (!stop.IsCancellationRequested)
        {
            if (!await Ports.RefusesAsync(realPort, CancellationToken.None))
            {
                realIsGone = false;
                listener = Listen();
                return;
            }

            await Wait.ForAsync(LookAgainAfter, CancellationToken.None);
        }
    }

    private async Task ServeAsync(Socket client)
    {
        client.NoDelay = true;
        var its = mode;
        open.TryAdd(client, its);
        try
        {
            await (its switch
            {
                OriginMode.BlackHole => SwallowAsync(client),
                OriginMode.Answer503 => RefuseRequestAsync(client),
                _ => PassAsync(client),
            });
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException or OperationCanceledException)
        {
            // One side has gone away, or we were told to stop.
            Reset(client);
        }
        finally
        {
            open.TryRemove(client, out _);
            client.Dispose();
        }
    }

    private async Task PassAsync(Socket client)
    {
        using var real = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await real.ConnectAsync(IPAddress.Loopback, realPort, stop.Token);
        }
        catch (SocketException)
        {
            BeGone();
            Reset(client);
            return;
        }

        open.TryAdd(real, OriginMode.Pass);
        try
        {
            var exchange = new Exchange[1];
            var requests = PumpRequestsAsync(client, real, exchange);
            await PumpResponsesAsync(real, client, exchange);
            client.Shutdown(SocketShutdown.Send);
            await requests.WaitAsync(TimeSpan.FromSeconds(5), TimeProvider.System, stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
        finally
        {
            open.TryRemove(real, out _);
        }
    }

    private async Task PumpRequestsAsync(Socket client, Socket real, Exchange[] exchange)
    {
        var buffer = new byte[32 * 1024];
        int read;
        while ((read = await client.ReceiveAsync(buffer, stop.Token)) > 0)
        {
            // The edge writes a request's head at once, and PHP closes after each answer: the first bytes are one request line.
            exchange[0] ??= Begin(buffer.AsSpan(0, read));
            await SendAllAsync(real, buffer.AsMemory(0, read));
        }

        real.Shutdown(SocketShutdown.Send);
    }

    private async Task PumpResponsesAsync(Socket real, Socket client, Exchange[] exchange)
    {
        var buffer = new byte[32 * 1024];
        int read;
        while ((read = await real.ReceiveAsync(buffer, stop.Token)) > 0)
        {
            exchange[0].Append(buffer.AsSpan(0, read));
            await SendAllAsync(client, buffer.AsMemory(0, read));
        }
    }

    private Exchange Begin(ReadOnlySpan<byte> request)
    {
        var line = Encoding.Latin1.GetString(request[..request.IndexOf((byte)'\r')]);
        var exchange = new Exchange(line.Split(' ')[1]);
        exchanges.GetOrAdd(exchange.Target, _ => new ConcurrentQueue<Exchange>()).Enqueue(exchange);
        return exchange;
    }

    private async Task SwallowAsync(Socket client)
    {
        var buffer = new byte[4096];
        while (await client.ReceiveAsync(buffer, stop.Token) > 0)
        {
            // Nothing ever comes back.
        }
    }

    private async Task RefuseRequestAsync(Socket client)
    {
        var buffer = new byte[32 * 1024];
        if (await client.ReceiveAsync(buffer, stop.Token) > 0)
        {
            await SendAllAsync(client, "HTTP/1.1 503 Service Unavailable\r\nContent-Type: text/plain\r\nContent-Length: 5\r\nConnection: close\r\n\r\nsorry"u8.ToArray());
            client.Shutdown(SocketShutdown.Send);
            await client.ReceiveAsync(buffer, stop.Token);
        }
    }

    private async Task SendAllAsync(Socket to, ReadOnlyMemory<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            bytes = bytes[await to.SendAsync(bytes, stop.Token)..];
        }
    }

    private void BeGone()
    {
        if (!realIsGone)
        {
            realIsGone = true;
            listener.Dispose();
        }
    }

    private Socket Listen()
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, Port));
        socket.Listen(512);
        return socket;
    }

    private static void Reset(Socket socket)
    {
        try
        {
            socket.LingerState = new LingerOption(enable: true, seconds: 0);
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            return;
        }

        socket.Dispose();
    }
}

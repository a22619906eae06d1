using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace EdgeHost.Tests.FrontDoor;

/// <summary>A platform on a raw socket that keeps what it was sent and does to each request what a test wants.</summary>
internal sealed class FaultOrigin : IAsyncDisposable
{
    private readonly CancellationTokenSource stop = new();
    private readonly ConcurrentQueue<OriginRequest> requests = new();
    private readonly ConcurrentDictionary<Socket, bool> open = new();
    private readonly StringBuilder received = new();
    private Socket listener;

    public FaultOrigin()
    {
        listener = Bind(0);
        Port = ((IPEndPoint)listener.LocalEndPoint!).Port;
        Listen();
    }

    public int Port { get; }

    public string Address => $"http://127.0.0.1:{Port}";

    public Func<OriginExchange, Task> Answer { get; set; } = Answers.Text("live");

    /// <summary>Whole requests, probes among them.</summary>
    public IReadOnlyList<OriginRequest> Requests => [.. requests];

    /// <summary>Whole requests without the edge's own probes.</summary>
    public IReadOnlyList<OriginRequest> Visits => [.. requests.Where(request => !request.IsProbe)];

    /// <summary>Everything that came in, requests that are not complete yet included.</summary>
    public string Received
    {
        get
        {
            lock (received)
            {
                return received.ToString();
            }
        }
    }

    /// <summary>From now on connections are refused, and those that were open are reset. The port stays ours.</summary>
    public void Refuse()
    {
        listener.Dispose();
        foreach (var socket in open.Keys)
        {
            socket.LingerState = new LingerOption(true, 0);
            socket.Dispose();
        }

        // Bound and not listening: the kernel refuses, and nobody else gets the port.
        listener = Bind(Port);
    }

    public void Listen()
    {
        listener.Listen(128);
        _ = AcceptAsync(listener);
    }

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        listener.Dispose();
        foreach (var socket in open.Keys)
        {
            socket.Dispose();
        }
    }

    private static Socket Bind(int port)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.ReuseAddress, true);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, port));
        return socket;
    }

    private async Task AcceptAsync(Socket from)
    {
        try
        {
            while (true)
            {
                _ = ServeAsync(await from.AcceptAsync(stop.Token));
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException or OperationCanceledException)
        {
            // Refused from now on, or the end of the test.
        }
    }

    private async Task ServeAsync(Socket socket)
    {
        socket.NoDelay = true;
        open.TryAdd(socket, true);
        try
        {
            var bytes = new List<byte>();
            var buffer = new byte[32 * 1024];
            while (true)
            {
                int length;
                while ((length = OriginRequest.LengthOf(bytes)) < 0)
                {
                    var read = await socket.ReceiveAsync(buffer, stop.Token);
                    if (read == 0)
                    {
                        return;
                    }

                    bytes.AddRange(buffer.AsSpan(0, read));
                    lock (received)
                    {
                        received.Append(Encoding.Latin1.GetString(buffer, 0, read));
                    }
                }

                var request = OriginRequest.Parse([.. bytes.Take(length)]);
                bytes.RemoveRange(0, length);
                requests.Enqueue(request);
                var exchange = new OriginExchange(request, socket, stop.Token);
                await Answer(exchange);
                if (exchange.IsClosed)
                {
                    return;
                }
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException or OperationCanceledException)
        {
            // The edge has closed it, or the test is over.
        }
        finally
        {
            open.TryRemove(socket, out _);
            socket.Dispose();
        }
    }
}

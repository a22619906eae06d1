using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;
using EdgeHost.TestParts.Sockets;

namespace EdgeHost.TestParts.Origins;

/// <summary>
/// An origin that keeps what it was sent byte for byte, and whose answer is decided by a test. It reads requests by the first framing it
/// finds, as a backend would that another parser stands before.
/// </summary>
public sealed class RawOrigin : IAsyncDisposable
{
    private readonly CancellationTokenSource stop = new();
    private readonly Socket listener;
    private readonly Task running;
    private readonly ConcurrentQueue<RawRequest> requests = new();
    private readonly ConcurrentDictionary<Socket, int> open = new();
    private int connections;

    public RawOrigin()
    {
        listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, Port));
        listener.Listen(128);
        running = RunAsync();
    }

    public int Port { get; } = Ports.Free();

    /// <summary>The bytes to answer a request with; null ends the connection without any.</summary>
    public Func<RawRequest, byte[]?> Answer { get; set; } = _ => Ok("ok");

    /// <summary>Whether each answer ends its connection, as that of PHP's built-in server does.</summary>
    public bool ClosesAfterAnswer { get; init; }

    public Uri Url => new(FormattableString.Invariant($"http://127.0.0.1:{Port}"));

    public IReadOnlyList<RawRequest> Requests => [.. requests];

    public int TimesAsked(string target) => requests.Count(request => request.Target == target);

    public void Forget() => requests.Clear();

    public static byte[] Ok(string body, string headers = "") =>
        Encoding.UTF8.GetBytes($"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: {Encoding.UTF8.GetByteCount(body)}\r\n{headers}\r\n{body}");

    /// <summary>Ends it; a scenario that needs a dead platform does so before its end.</summary>
    public async ValueTask DisposeAsync()
    {
        if (running.IsCompleted)
        {
            return;
        }

        await stop.CancelAsync();
        listener.Dispose();
        foreach (var socket in open.Keys)
        {
            socket.Dispose();
        }

        await running;
        stop.Dispose();
    }

    private async Task RunAsync()
    {
        try
        {
            while (true)
            {
                _ = ServeAsync(await listener.AcceptAsync(stop.Token), Interlocked.Increment(ref connections));
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException or OperationCanceledException)
        {
            // The end of the test.
        }
    }

    private async Task ServeAsync(Socket socket, int connection)
    {
        socket.NoDelay = true;
        open.TryAdd(socket, connection);
        try
        {
            var received = new List<byte>();
            var buffer = new byte[32 * 1024];
            while (true)
            {
                int read;
                while (RawRequest.LengthOf(received) is not { } length || received.Count < length)
                {
                    if ((read = await socket.ReceiveAsync(buffer, stop.Token)) == 0)
                    {
                        return;
                    }

                    received.AddRange(buffer.AsSpan(0, read));
                }

                var request = new RawRequest(connection, [.. received.Take(RawRequest.LengthOf(received)!.Value)]);
                received.RemoveRange(0, request.Bytes.Length);
                requests.Enqueue(request);
                if (Answer(request) is not { } answer)
                {
                    return;
                }

                await socket.SendAsync(answer, stop.Token);
                if (ClosesAfterAnswer)
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

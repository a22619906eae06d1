using System.Net;
using System.Net.Sockets;
using System.Text;

namespace EdgeHost.TestParts.S3;

/// <summary>
/// A TCP line to an S3 server which breaks for half of the PUTs at the worst moment: the server has answered, so it has committed, and its answer never arrives.
/// </summary>
public sealed class ReplyDroppingProxy : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource stop = new();
    private readonly Uri upstream;
    private readonly Task accepting;
    private int dropped;

    public ReplyDroppingProxy(Uri upstream)
    {
        this.upstream = upstream;
        listener.Start();
        accepting = AcceptAsync();
    }

    public Uri Url => new($"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}");

    public int Dropped => dropped;

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        await accepting;
        listener.Stop();
        stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        var lines = new List<Task>();
        try
        {
            while (true)
            {
                lines.Add(ServeAsync(await listener.AcceptTcpClientAsync(stop.Token)));
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException)
        {
            await Task.WhenAll(lines);
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using var _ = client;
        using var server = new TcpClient { NoDelay = true };
        using var ends = CancellationTokenSource.CreateLinkedTokenSource(stop.Token);
        client.NoDelay = true;
        try
        {
            await server.ConnectAsync(upstream.Host, upstream.Port, ends.Token);
            var line = new Line();
            await Task.WhenAny(ForwardAsync(client.GetStream(), server.GetStream(), line, ends.Token), AnswerAsync(server.GetStream(), client.GetStream(), line, ends.Token));
        }
        catch (Exception e) when (e is IOException or SocketException or OperationCanceledException)
        {
            return;
        }
        finally
        {
            await ends.CancelAsync();
        }
    }

    private static async Task ForwardAsync(NetworkStream from, NetworkStream to, Line line, CancellationToken cancellationToken)
    {
        var buffer = new byte[65536];
        int read;
        while ((read = await from.ReadAsync(buffer, cancellationToken)) > 0)
        {
            // A request's head arrives at the beginning of a read: the SDK sends the next one only after the answer.
            if (buffer.AsSpan(0, read).StartsWith("PUT "u8))
            {
                line.Breaks = Random.Shared.Next(2) == 0;
            }

            await to.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
        }
    }

    private async Task AnswerAsync(NetworkStream from, NetworkStream to, Line line, CancellationToken cancellationToken)
    {
        var buffer = new byte[65536];
        int read;
        while ((read = await from.ReadAsync(buffer, cancellationToken)) > 0)
        {
            if (line.Breaks && !Encoding.ASCII.GetString(buffer, 0, Math.Min(read, 12)).EndsWith("100", StringComparison.Ordinal))
            {
                Interlocked.Increment(ref dropped);
                return;
            }

            await to.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
        }
    }

    private sealed class Line
    {
        public volatile bool Breaks;
    }
}

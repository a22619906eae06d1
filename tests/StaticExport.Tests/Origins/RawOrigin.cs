using System.Net;
using System.Net.Sockets;
using System.Text;

namespace StaticExport.Tests.Origins;

/// <summary>An origin that answers with bytes as given and closes: what PHP's built-in server does, and what one that dies within a body does.</summary>
internal sealed class RawOrigin : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource stop = new();
    private readonly Func<string, int, string> answer;
    private readonly Dictionary<string, int> asked = new(StringComparer.Ordinal);
    private readonly Task loop;

    /// <param name="answer">The whole answer for a target and the how-manieth time it is asked for, from 1.</param>
    public RawOrigin(Func<string, int, string> answer)
    {
        this.answer = answer;
        listener.Start();
        loop = LoopAsync();
    }

    public Uri Url => new($"http://{listener.LocalEndpoint}");

    public static string CloseDelimited(string type, string body) => $"HTTP/1.1 200 OK\r\nContent-Type: {type}\r\nConnection: close\r\n\r\n{body}";

    public const string NotFound = "HTTP/1.1 404 Not Found\r\nContent-Type: text/html\r\nContent-Length: 2\r\nConnection: close\r\n\r\nno";

    public int TimesAsked(string target)
    {
        lock (asked)
        {
            return asked.GetValueOrDefault(target);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        listener.Dispose();
        await loop;
        stop.Dispose();
    }

    private async Task LoopAsync()
    {
        try
        {
            while (true)
            {
                using var client = await listener.AcceptTcpClientAsync(stop.Token);
                await using var stream = client.GetStream();
                using var reader = new StreamReader(stream, Encoding.Latin1, leaveOpen: true);
                var target = (await reader.ReadLineAsync(stop.Token) ?? "GET / HTTP/1.1").Split(' ')[1];
                while (await reader.ReadLineAsync(stop.Token) is { Length: > 0 })
                {
                }

                int times;
                lock (asked)
                {
                    times = asked[target] = asked.GetValueOrDefault(target) + 1;
                }

                await stream.WriteAsync(Encoding.UTF8.GetBytes(answer(target, times)), stop.Token);
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // Disposed.
        }
    }
}

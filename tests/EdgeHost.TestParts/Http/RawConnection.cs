using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace EdgeHost.TestParts.Http;

/// <summary>
/// A client that sends exactly the bytes it is given and reads responses by RFC 9112 alone, so that nothing is repaired,
/// retried or decoded behind a test's back.
/// </summary>
public sealed class RawConnection : IDisposable
{
    private readonly Socket socket;
    private readonly byte[] buffer = new byte[64 * 1024];
    private int start;
    private int end;

    private RawConnection(Socket socket) => this.socket = socket;

    /// <summary>How long a response may take. Without it, a server that never answers would hold the test.</summary>
    public TimeSpan Patience { get; set; } = TimeSpan.FromSeconds(20);

    public static async Task<RawConnection> OpenAsync(int port, CancellationToken cancellationToken)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(IPAddress.Loopback, port, cancellationToken);
            return new RawConnection(socket);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>Sends text as Latin-1: each character is one byte.</summary>
    public Task SendAsync(string text, CancellationToken cancellationToken) => SendAsync(Encoding.Latin1.GetBytes(text), cancellationToken);

    public async Task SendAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        while (!bytes.IsEmpty)
        {
            bytes = bytes[await socket.SendAsync(bytes, cancellationToken)..];
        }
    }

    /// <summary>Reads one response, with its body unless it answers a HEAD.</summary>
    /// <exception cref="ConnectionEndedException">There was none.</exception>
    public async Task<RawResponse> ReadResponseAsync(CancellationToken cancellationToken, bool toHead = false)
    {
        using var bound = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        bound.CancelAfter(Patience);
        try
        {
            var head = await ReadHeadAsync(bound.Token);
            return toHead ? head : await ReadBodyAsync(head, bound.Token);
        }
        catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            throw new TimeoutException($"No whole response within {Patience.TotalSeconds:0.#} s.", e);
        }
    }

    /// <summary>What comes next, as Latin-1; empty at the end.</summary>
    public async Task<string> ReadSomeAsync(CancellationToken cancellationToken) => Encoding.Latin1.GetString(await TakeSomeAsync(cancellationToken));

    /// <summary>Reads on to the head's end only; what follows stays for <see cref="ReadSomeAsync"/>.</summary>
    public async Task<RawResponse> ReadHeadAsync(CancellationToken cancellationToken)
    {
        var status = await ReadLineAsync(cancellationToken);
        var parts = status.Split(' ', 3);
        if (parts.Length < 2 || !parts[0].StartsWith("HTTP/1.", StringComparison.Ordinal) || !int.TryParse(parts[1], CultureInfo.InvariantCulture, out var code))
        {
            throw new InvalidDataException($"Not a status line: '{status}'");
        }

        var headers = new List<(string, string)>();
        while (await ReadLineAsync(cancellationToken) is { Length: > 0 } line)
        {
            var colon = line.IndexOf(':', StringComparison.Ordinal);
            headers.Add(colon > 0 ? (line[..colon], line[(colon + 1)..].Trim()) : throw new InvalidDataException($"Not a header: '{line}'"));
        }

        return new RawResponse(parts[0], code, headers, [], BodyEnd.Complete);
    }

    /// <summary>Reads the body that follows a head.</summary>
    public async Task<RawResponse> ReadBodyAsync(RawResponse head, CancellationToken cancellationToken)
    {
        if (head.Status is 204 or 304 or < 200)
        {
            return head;
        }

        using var body = new MemoryStream();
        try
        {
            if (head["Transfer-Encoding"] is { } coding)
            {
                return coding == "chunked" ? await ReadChunksAsync(head, body, cancellationToken) : throw new InvalidDataException($"Transfer-Encoding: {coding}");
            }

            if (head["Content-Length"] is { } length)
            {
                await CopyAsync(body, long.Parse(length, CultureInfo.InvariantCulture), cancellationToken);
                return head with { Body = body.ToArray() };
            }

            while (await TakeSomeAsync(cancellationToken) is { Length: > 0 } some)
            {
                body.Write(some);
            }

            return head with { Body = body.ToArray(), End = BodyEnd.ByClose };
        }
        catch (Exception e) when (e is ConnectionEndedException or SocketException)
        {
            return head with { Body = body.ToArray(), End = BodyEnd.Cut };
        }
    }

    /// <summary>Whether nothing comes any more.</summary>
    public async Task<bool> EndsAsync(CancellationToken cancellationToken)
    {
        try
        {
            return start == end && !await FillAsync(cancellationToken);
        }
        catch (ConnectionEndedException)
        {
            return true;
        }
    }

    /// <summary>Sends FIN and leaves the other direction open.</summary>
    public void EndSending() => socket.Shutdown(SocketShutdown.Send);

    public void Dispose() => socket.Dispose();

    private async Task<RawResponse> ReadChunksAsync(RawResponse head, MemoryStream body, CancellationToken cancellationToken)
    {
        while (true)
        {
            var size = int.Parse((await ReadLineAsync(cancellationToken)).Split(';')[0], NumberStyles.HexNumber, CultureInfo.InvariantCulture);
            if (size == 0)
            {
                while (await ReadLineAsync(cancellationToken) is { Length: > 0 })
                {
                    // Trailers are of no interest here.
                }

                return head with { Body = body.ToArray() };
            }

            await CopyAsync(body, size, cancellationToken);
            Assert.Equal("", await ReadLineAsync(cancellationToken));
        }
    }

    private async Task CopyAsync(MemoryStream body, long count, CancellationToken cancellationToken)
    {
        while (count > 0)
        {
            if (start == end && !await FillAsync(cancellationToken))
            {
                throw new ConnectionEndedException("The connection ended in the middle of a body.");
            }

            var some = (int)Math.Min(count, end - start);
            body.Write(buffer, start, some);
            start += some;
            count -= some;
        }
    }

    private async Task<string> ReadLineAsync(CancellationToken cancellationToken)
    {
        var line = new StringBuilder();
        while (true)
        {
            var at = buffer.AsSpan(start, end - start).IndexOf((byte)'\n');
            if (at >= 0)
            {
                line.Append(Encoding.Latin1.GetString(buffer, start, at));
                start += at + 1;
                return line.ToString().TrimEnd('\r');
            }

            line.Append(Encoding.Latin1.GetString(buffer, start, end - start));
            start = end;
            if (!await FillAsync(cancellationToken))
            {
                throw new ConnectionEndedException($"The connection ended after '{line}'.");
            }
        }
    }

    private async Task<byte[]> TakeSomeAsync(CancellationToken cancellationToken)
    {
        if (start == end && !await FillAsync(cancellationToken))
        {
            return [];
        }

        var bytes = buffer.AsSpan(start, end - start).ToArray();
        start = end;
        return bytes;
    }

    private async Task<bool> FillAsync(CancellationToken cancellationToken)
    {
        start = 0;
        end = 0;
        try
        {
            end = await socket.ReceiveAsync(buffer, cancellationToken);
        }
        catch (SocketException e) when (e.SocketErrorCode is SocketError.ConnectionReset or SocketError.ConnectionAborted)
        {
            throw new ConnectionEndedException("The connection was reset.", e);
        }

        return end > 0;
    }
}

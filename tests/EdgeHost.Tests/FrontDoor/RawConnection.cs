using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace EdgeHost.Tests.FrontDoor;

/// <summary>A client that sends exactly what it is given, and repairs, repeats and decodes nothing.</summary>
internal sealed class RawConnection : IDisposable
{
    private readonly Socket socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private readonly byte[] buffer = new byte[64 * 1024];
    private int start;
    private int end;

    private RawConnection()
    {
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static async Task<RawConnection> OpenAsync(int port)
    {
        var connection = new RawConnection();
        await connection.socket.ConnectAsync(IPAddress.Loopback, port, Cancel);
        return connection;
    }

    public async Task SendAsync(string text)
    {
        var rest = Encoding.Latin1.GetBytes(text).AsMemory();
        while (!rest.IsEmpty)
        {
            rest = rest[await socket.SendAsync(rest, Cancel)..];
        }
    }

    public async Task<RawResponse> ReadResponseAsync(bool toHead = false)
    {
        var head = await ReadHeadAsync();
        if (toHead || head.Status is 204 or 304 or < 200)
        {
            return head;
        }

        using var body = new MemoryStream();
        var whole = head["Transfer-Encoding"] == "chunked" ? await ReadChunksAsync(body)
            : head["Content-Length"] is { } length ? await CopyAsync(body, long.Parse(length, CultureInfo.InvariantCulture))
            : await ReadToEndAsync(body);
        return head with { Content = body.ToArray(), IsWhole = whole };
    }

    public async Task<RawResponse> ReadHeadAsync()
    {
        var line = await ReadLineAsync() ?? throw new IOException("The connection ended without an answer.");
        var status = int.Parse(line.Split(' ')[1], CultureInfo.InvariantCulture);
        var headers = new List<(string, string)>();
        while (await ReadLineAsync() is { Length: > 0 } header)
        {
            var colon = header.IndexOf(':', StringComparison.Ordinal);
            headers.Add((header[..colon], header[(colon + 1)..].Trim()));
        }

        return new RawResponse(status, headers, [], true);
    }

    /// <summary>What comes next; empty at the end.</summary>
    public async Task<string> ReadSomeAsync()
    {
        if (start == end && !await FillAsync())
        {
            return "";
        }

        var text = Encoding.Latin1.GetString(buffer, start, end - start);
        start = end;
        return text;
    }

    public async Task<bool> EndsAsync() => start == end && !await FillAsync();

    public void Dispose() => socket.Dispose();

    private async Task<bool> ReadChunksAsync(MemoryStream body)
    {
        while (await ReadLineAsync() is { Length: > 0 } line)
        {
            var size = int.Parse(line.Split(';')[0], NumberStyles.HexNumber, CultureInfo.InvariantCulture);
            if (!await CopyAsync(body, size) || await ReadLineAsync() is null)
            {
                return false;
            }

            if (size == 0)
            {
                return true;
            }
        }

        return false;
    }

    private async Task<bool> ReadToEndAsync(MemoryStream body)
    {
        while (start < end || await FillAsync())
        {
            body.Write(buffer, start, end - start);
            start = end;
        }

        return true;
    }

    private async Task<bool> CopyAsync(MemoryStream body, long count)
    {
        while (count > 0)
        {
            if (start == end && !await FillAsync())
            {
                return false;
            }

            var some = (int)Math.Min(count, end - start);
            body.Write(buffer, start, some);
            start += some;
            count -= some;
        }

        return true;
    }

    private async Task<string?> ReadLineAsync()
    {
        var line = new StringBuilder();
        while (true)
        {
            var at = buffer.AsSpan(start, end - start).IndexOf((byte)'\n');
            line.Append(Encoding.Latin1.GetString(buffer, start, at < 0 ? end - start : at));
            start = at < 0 ? end : start + at + 1;
            if (at >= 0)
            {
                return line.ToString().TrimEnd('\r');
            }

            if (!await FillAsync())
            {
                return null;
            }
        }
    }

    private async Task<bool> FillAsync()
    {
        start = 0;
        end = 0;
        try
        {
            end = await socket.ReceiveAsync(buffer, Cancel);
        }
        catch (SocketException e) when (e.SocketErrorCode is SocketError.ConnectionReset or SocketError.ConnectionAborted)
        {
            return false;
        }

        return end > 0;
    }
}

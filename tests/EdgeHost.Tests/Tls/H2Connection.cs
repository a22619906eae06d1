using System.Buffers.Binary;
using System.Text;

namespace EdgeHost.Tests.Tls;

/// <summary>
/// As much of HTTP/2 as a browser needs that reuses a connection for another host, which <see cref="HttpClient"/> never does: frames as they stand (RFC 9113 §4.1),
/// headers as literals without a table (RFC 7541 §6.2.2).
/// </summary>
internal sealed class H2Connection(Stream stream)
{
    private const byte Data = 0;
    private const byte Headers = 1;
    private const byte Settings = 4;
    private const byte EndStream = 1;
    private const byte EndHeaders = 4;
    private const byte Ack = 1;

    private int next = 1;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async Task BeginAsync()
    {
        await stream.WriteAsync("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"u8.ToArray(), Cancel);
        await SendAsync(Settings, 0, 0, []);
    }

    /// <summary>The block of the answer's headers as it came, names and values readable in it, and the body.</summary>
    public async Task<(string Headers, string Body)> GetAsync(string authority, string path = "/")
    {
        var id = next;
        next += 2;
        using var block = new MemoryStream();
        foreach (var (name, value) in new[] { (":method", "GET"), (":scheme", "https"), (":authority", authority), (":path", path) })
        {
            block.WriteByte(0);
            Write(block, name);
            Write(block, value);
        }

        await SendAsync(Headers, EndStream | EndHeaders, id, block.ToArray());
        var (headers, body) = ("", new StringBuilder());
        while (true)
        {
            var (type, flags, on, payload) = await ReceiveAsync();
            if (type == Settings && (flags & Ack) == 0)
            {
                await SendAsync(Settings, Ack, 0, []);
            }
            else if (on == id && type == Headers)
            {
                headers = Encoding.Latin1.GetString(payload);
            }
            else if (on == id && type == Data)
            {
                body.Append(Encoding.UTF8.GetString(payload));
            }
            else if (on == id)
            {
                throw new InvalidDataException($"A frame of type {type}.");
            }

            if (on == id && (flags & EndStream) != 0)
            {
                return (headers, body.ToString());
            }
        }
    }

    private static void Write(MemoryStream block, string text)
    {
        block.WriteByte((byte)text.Length);
        block.Write(Encoding.ASCII.GetBytes(text));
    }

    private async Task SendAsync(byte type, int flags, int id, byte[] payload)
    {
        var frame = new byte[9 + payload.Length];
        BinaryPrimitives.WriteInt32BigEndian(frame, (payload.Length << 8) | type);
        frame[4] = (byte)flags;
        BinaryPrimitives.WriteInt32BigEndian(frame.AsSpan(5), id);
        payload.CopyTo(frame, 9);
        await stream.WriteAsync(frame, Cancel);
    }

    private async Task<(byte Type, int Flags, int Id, byte[] Payload)> ReceiveAsync()
    {
        var head = new byte[9];
        await stream.ReadExactlyAsync(head, Cancel);
        var payload = new byte[BinaryPrimitives.ReadInt32BigEndian(head) >>> 8];
        await stream.ReadExactlyAsync(payload, Cancel);
        return (head[3], head[4], BinaryPrimitives.ReadInt32BigEndian(head.AsSpan(5)) & int.MaxValue, payload);
    }
}

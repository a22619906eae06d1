using System.Buffers;
using System.IO.Pipelines;

namespace EdgeHost.Snapshots;

/// <summary>Sends bytes of a body, from memory or from a file.</summary>
internal static class BodySending
{
    /// <summary>Nothing is left to be waited for.</summary>
    public static readonly Task<bool> Done = Task.FromResult(true);

    // Below this a body goes out in one. Larger pieces fill the server's buffer (64 KiB by default), and each then waits for the one before to be sent.
    private const int Piece = 32 * 1024;

    /// <param name="response">Where to.</param>
    /// <param name="part">Which bytes.</param>
    /// <param name="source">Where they are.</param>
    /// <returns>True, always: so that those who only pass it on need no task of their own.</returns>
    public static Task<bool> SendAsync(HttpResponse response, ByteRange part, in BodySource source)
    {
        if (source.Content is not { } content)
        {
            return SendFileAsync(response, source.File!, part);
        }

        var bytes = content.AsMemory((int)part.First, (int)part.Length);
        if (bytes.Length > Piece)
        {
            return SendPiecesAsync(response, bytes);
        }

        if (response.ContentLength == bytes.Length && HttpProtocol.IsHttp2(response.HttpContext.Request.Protocol))
        {
            // Left for the end of the answer, which follows: a flush would wait for this stream's turn on the connection, and the end of the stream would be a frame of its own.
            response.BodyWriter.Write(bytes.Span);
            return Done;
        }

        // Without the token of the request, which takes a lock: to a client that has gone the server writes nothing.
        var write = response.BodyWriter.WriteAsync(bytes, CancellationToken.None);
        return write.IsCompletedSuccessfully ? Done : EndAsync(write);

        static async Task<bool> EndAsync(ValueTask<FlushResult> write)
        {
            await write;
            return true;
        }
    }

    // The server copies what it is given before it sends it. Piece by piece it copies into the same few blocks, which stay in the processor's cache, and holds no second copy of a
    // large body for a client that reads slowly.
    private static async Task<bool> SendPiecesAsync(HttpResponse response, ReadOnlyMemory<byte> bytes)
    {
        var cancellationToken = response.HttpContext.RequestAborted;
        while (!bytes.IsEmpty)
        {
            var piece = bytes[..Math.Min(Piece, bytes.Length)];
            await response.BodyWriter.WriteAsync(piece, cancellationToken);
            bytes = bytes[piece.Length..];
        }

        return true;
    }

    private static async Task<bool> SendFileAsync(HttpResponse response, string file, ByteRange part)
    {
        await response.SendFileAsync(file, part.First, part.Length, response.HttpContext.RequestAborted);
        return true;
    }
}

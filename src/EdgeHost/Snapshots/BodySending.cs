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
    /// <param name="content">The body; null: it is in <paramref name="file"/>.</param>
    /// <param name="file">The file that holds it.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>True, always: so that those who only pass it on need no task of their own.</returns>
    public static Task<bool> SendAsync(HttpResponse response, ByteRange part, byte[]? content, string? file, CancellationToken cancellationToken)
    {
        if (content is null)
        {
            return SendFileAsync(response, file!, part, cancellationToken);
        }

        var bytes = content.AsMemory((int)part.First, (int)part.Length);
        if (bytes.Length > Piece)
        {
            return SendPiecesAsync(response, bytes, cancellationToken);
        }

        if (response.ContentLength == bytes.Length && HttpProtocol.IsHttp2(response.HttpContext.Request.Protocol))
        {
            // Left for the end of the answer, which follows: a flush would wait for this stream's turn on the connection, and the end of the stream would be a frame of its own.
            response.BodyWriter.Write(bytes.Span);
            return Done;
        }

        var write = response.BodyWriter.WriteAsync(bytes, cancellationToken);
        return write.IsCompletedSuccessfully ? Done : EndAsync(write);

        static async Task<bool> EndAsync(ValueTask<FlushResult> write)
        {
            await write;
            return true;
        }
    }

    // The server copies what it is given before it sends it. Piece by piece it copies into the same few blocks, which stay in the processor's cache, and holds no second copy of a
    // large body for a client that reads slowly.
    private static async Task<bool> SendPiecesAsync(HttpResponse response, ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        while (!bytes.IsEmpty)
        {
            var piece = bytes[..Math.Min(Piece, bytes.Length)];
            await response.BodyWriter.WriteAsync(piece, cancellationToken);
            bytes = bytes[piece.Length..];
        }

        return true;
    }

    private static async Task<bool> SendFileAsync(HttpResponse response, string file, ByteRange part, CancellationToken cancellationToken)
    {
        await response.SendFileAsync(file, part.First, part.Length, cancellationToken);
        return true;
    }
}

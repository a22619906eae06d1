using System.Net;
using System.Net.Sockets;

namespace EdgeHost.Origins;

/// <summary>Makes a connection as SocketsHttpHandler does by itself, and ends the attempt in a way that can be told from a TLS handshake that hangs.</summary>
internal static class TcpConnection
{
    /// <exception cref="SocketException">It can't be made; <see cref="SocketError.TimedOut"/> where it can't be made in time.</exception>
    public static async ValueTask<Stream> OpenAsync(DnsEndPoint address, TimeSpan limit, TimeProvider clock, CancellationToken cancellationToken)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        using var timeout = new CancellationTokenSource(limit, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        try
        {
            await socket.ConnectAsync(address, either.Token);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch (Exception e)
        {
            socket.Dispose();
            if (timeout.IsCancellationRequested && !cancellationToken.IsCancellationRequested && e is OperationCanceledException or SocketException { SocketErrorCode: SocketError.OperationAborted })
            {
                // Now and then what is cancelled says that it was aborted.
                throw new SocketException((int)SocketError.TimedOut);
            }

            throw;
        }
    }
}

using System.Net;
using System.Net.Sockets;

namespace EdgeHost.TestParts.Sockets;

/// <summary>Ports on 127.0.0.1 that stay free while a server is down: below the kernel's ephemeral range, so no client socket sits on them.</summary>
public static class Ports
{
    private static readonly HashSet<int> Given = [];

    public static int Free()
    {
        for (var tries = 0; tries < 500; tries++)
        {
            var port = Random.Shared.Next(15_000, 20_000);
            lock (Given)
            {
                if (CanBind(port) && Given.Add(port))
                {
                    return port;
                }
            }
        }

        throw new InvalidOperationException("No free port.");
    }

    /// <summary>Whether a connection to the port is refused, as it is when nobody listens.</summary>
    public static async Task<bool> RefusesAsync(int port, CancellationToken cancellationToken)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            await socket.ConnectAsync(IPAddress.Loopback, port, cancellationToken);
            return false;
        }
        catch (SocketException e) when (e.SocketErrorCode == SocketError.ConnectionRefused)
        {
            return true;
        }
    }

    private static bool CanBind(int port)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.Bind(new IPEndPoint(IPAddress.Loopback, port));
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}

using System.Net;
using System.Net.Sockets;

namespace EdgeHost.Demo.Walkthrough.Planning;

internal static class LoopbackPort
{
    public static bool IsFree(int port)
    {
        try
        {
            using var listener = new TcpListener(IPAddress.Loopback, port);
            listener.Start();
            return true;
        }
        catch (SocketException)
        {
            // Taken, or not ours to take.
            return false;
        }
    }

    /// <summary>Ports that nobody uses at this moment, all different.</summary>
    public static int[] Free(int count)
    {
        // All are held until all are known; otherwise the system may offer the same one twice.
        var listeners = Enumerable.Range(0, count).Select(_ => new TcpListener(IPAddress.Loopback, 0)).ToArray();
        try
        {
            return [.. listeners.Select(listener =>
            {
                listener.Start();
                return ((IPEndPoint)listener.LocalEndpoint).Port;
            })];
        }
        finally
        {
            foreach (var listener in listeners)
            {
                listener.Dispose();
            }
        }
    }
}

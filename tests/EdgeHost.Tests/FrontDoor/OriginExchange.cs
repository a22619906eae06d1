using System.Net.Sockets;
using System.Text;

namespace EdgeHost.Tests.FrontDoor;

/// <summary>One request at the origin, to be answered as a test wants.</summary>
internal sealed class OriginExchange(OriginRequest request, Socket socket, CancellationToken stopping)
{
    public OriginRequest Request => request;

    /// <summary>Ends with the origin.</summary>
    public CancellationToken Stopping => stopping;

    /// <summary>Whether the connection is done with after this answer.</summary>
    public bool IsClosed { get; private set; }

    public async Task SendAsync(string text)
    {
        var rest = Encoding.Latin1.GetBytes(text).AsMemory();
        while (!rest.IsEmpty)
        {
            rest = rest[await socket.SendAsync(rest, stopping)..];
        }
    }

    public async Task<string> ReceiveAsync()
    {
        var buffer = new byte[4096];
        return Encoding.Latin1.GetString(buffer, 0, await socket.ReceiveAsync(buffer, stopping));
    }

    /// <summary>FIN.</summary>
    public void Close()
    {
        IsClosed = true;
        socket.Shutdown(SocketShutdown.Send);
    }

    /// <summary>RST.</summary>
    public void Reset()
    {
        IsClosed = true;
        socket.LingerState = new LingerOption(true, 0);
        socket.Close();
    }
}

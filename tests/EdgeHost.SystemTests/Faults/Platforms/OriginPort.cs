using System.Net;
using System.Net.Sockets;

namespace EdgeHost.SystemTests.Faults.Platforms;

/// <summary>A port on 127.0.0.1 that accepts, refuses or leaves connections hanging, and is nobody else's meanwhile.</summary>
internal sealed class OriginPort(Action<Socket> accepted) : IDisposable
{
    private const int Backlog = 512;

    // A queue for none holds one; the others wait for ever.
    private const int Fillers = 4;

    private readonly List<Socket> fillers = [];
    private Socket? listener;

    public int Number { get; } = Ports.Free();

    public void Open()
    {
        Bind().Listen(Backlog);
        _ = AcceptAsync(listener!);
    }

    /// <summary>Bound, and nobody listens.</summary>
    public void Refuse() => Bind();

    /// <summary>Nobody accepts, and the backlog is full: the kernel drops each SYN.</summary>
    public void Hang()
    {
        Bind().Listen(0);
        for (var i = 0; i < Fillers; i++)
        {
            var filler = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { Blocking = false };
            fillers.Add(filler);
            try
            {
                filler.Connect(IPAddress.Loopback, Number);
            }
            catch (SocketException e) when (e.SocketErrorCode is SocketError.WouldBlock or SocketError.InProgress)
            {
                // Under way, as all but the first stay.
            }
        }
    }

    public void Dispose()
    {
        listener?.Dispose();
        fillers.ForEach(filler => filler.Dispose());
        fillers.Clear();
    }

    private Socket Bind()
    {
        Dispose();
        listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.ReuseAddress, true);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, Number));
        return listener;
    }

    private async Task AcceptAsync(Socket from)
    {
        try
        {
            while (true)
            {
                accepted(await from.AcceptAsync(CancellationToken.None));
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // It is another listener's turn, or the end of the test.
        }
    }
}

using System.Net.Sockets;

namespace EdgeHost.SystemTests.Faults.Platforms;

/// <summary>One connection to a platform, and what becomes of a request on it.</summary>
/// <param name="socket">Its socket, to be reset.</param>
/// <param name="stream">What is written to, TLS or not.</param>
/// <param name="reader">What the request came from.</param>
/// <param name="hanging">Ends what would hang for ever.</param>
internal sealed class PlatformConnection(Socket socket, Stream stream, RequestReader reader, CancellationToken hanging)
{
    // Longer than any limit that a test sets.
    private static readonly TimeSpan Slow = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan Drip = TimeSpan.FromMilliseconds(100);

    /// <summary>Whether the connection goes on.</summary>
    public async Task<bool> AnswerAsync(Fault fault, PlatformRequest request, PlatformSite? site, bool isFirst)
    {
        // What has a body of its own is broken off; what has none (a form's thanks) is as short as ever.
        var well = site?.Answer(request.Path) ?? FaultAnswers.Of(Fault.NotFound, request.Path)!;
        var body = site?.Live(request.Path) ?? "done"u8.ToArray();
        switch (fault)
        {
            case Fault.ResetAfterRequest:
                Reset(socket);
                return false;
            case Fault.ClosedWhenReused when !isFirst:
                return false;
            case Fault.BlackHole:
                await reader.UntilEndAsync().WaitAsync(hanging);
                return false;
            case Fault.SlowHeaders:
                await Wait.ForAsync(Slow, hanging);
                await stream.WriteAsync(well, hanging);
                return true;
            case Fault.HeadersOnly:
                await stream.WriteAsync(FaultAnswers.Head(body.Length), hanging);
                await reader.UntilEndAsync().WaitAsync(hanging);
                return false;
            case Fault.DrippingBody:
                await DripAsync(body);
                return true;
            case Fault.CutLength or Fault.CutChunks:
                await stream.WriteAsync(FaultAnswers.Cut(fault, body), hanging);
                return false;
            default:
                await stream.WriteAsync(FaultAnswers.Of(fault, request.Path) ?? well, CancellationToken.None);
                return true;
        }
    }

    public static void Reset(Socket socket)
    {
        try
        {
            socket.LingerState = new LingerOption(enable: true, seconds: 0);
            socket.Dispose();
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // It has ended already.
        }
    }

    private async Task DripAsync(byte[] body)
    {
        await stream.WriteAsync(FaultAnswers.Head(body.Length), hanging);
        for (var i = 0; i < body.Length; i++)
        {
            await stream.WriteAsync(body.AsMemory(i, 1), hanging);
            await Wait.ForAsync(Drip, hanging);
        }
    }
}

using Microsoft.AspNetCore.Connections;

namespace EdgeHost.Tls;

/// <summary>
/// How long a client has for its hello and its handshake together. The framework has a limit for the handshake alone, which begins when the hello has been looked at.
/// </summary>
internal sealed class HandshakeDeadline : IDisposable
{
    private readonly CancellationTokenSource bound;

    public HandshakeDeadline(TimeSpan patience, TimeProvider clock)
    {
        bound = new CancellationTokenSource(patience, clock);
        Passed = bound.Token;
    }

    public CancellationToken Passed { get; }

    /// <summary>From here on the framework reads, which can't be told of the deadline: the connection ends by it, until <see cref="End"/>.</summary>
    public void Hold(ConnectionContext connection)
    {
        connection.Features.Set(this);
        Passed.UnsafeRegister(static late => ((ConnectionContext)late!).Abort(new ConnectionAbortedException("The client took too long for its handshake.")), connection);
    }

    /// <summary>The handshake is over: the server's own limits hold.</summary>
    public static void End(ConnectionContext connection)
    {
        connection.Features.Get<HandshakeDeadline>()?.Dispose();
        connection.Features.Set<HandshakeDeadline>(null);
    }

    public void Dispose() => bound.Dispose();
}

using System.Collections.Frozen;
using System.Net;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Options;

namespace EdgeHost.Transport;

/// <summary>
/// The transport of listeners for HTTP/2. Many answers are under way at once on such a connection, and each would go to the kernel by itself on the thread that finishes it.
/// Handed to Kestrel's queue, those that are ready go together: a third less CPU for each (docs/performance.md, decision 17).
/// </summary>
/// <param name="options">Makes options as those of the other transport.</param>
/// <param name="listeners">The addresses of listeners for HTTP/2.</param>
/// <param name="loggers">For the transport.</param>
internal sealed class BatchedTransport(IOptionsFactory<SocketTransportOptions> options, Http2Listeners listeners, ILoggerFactory loggers) : IConnectionListenerFactory, IConnectionListenerFactorySelector
{
    private readonly SocketTransportFactory sockets = new(Options.Create(WithoutInlining(options.Create(Options.DefaultName))), loggers);
    private readonly FrozenSet<int> ports = listeners.Ports.ToFrozenSet();

    public bool CanBind(EndPoint endpoint) => endpoint is IPEndPoint { Port: var port } && ports.Contains(port);

    public ValueTask<IConnectionListener> BindAsync(EndPoint endpoint, CancellationToken cancellationToken = default) => sockets.BindAsync(endpoint, cancellationToken);

    private static SocketTransportOptions WithoutInlining(SocketTransportOptions made)
    {
        made.UnsafePreferInlineScheduling = false;
        return made;
    }
}

using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;

namespace EdgeHost.Transport;

/// <summary>How the public listener's connections are read and written. The management listener is a server of its own and keeps the defaults: its answers may take their time.</summary>
internal static class PublicTransport
{
    /// <param name="services">Where Kestrel looks.</param>
    /// <param name="http2">Which listeners speak HTTP/2.</param>
    public static void Add(IServiceCollection services, Http2Listeners http2) => services
        .AddSingleton<IMemoryPoolFactory<byte>, BlockPoolFactory>()
        .AddSingleton(http2)
        // Kestrel asks the last that was added first.
        .AddSingleton<IConnectionListenerFactory, BatchedTransport>()
        .Configure<SocketTransportOptions>(sockets =>
        {
            sockets.UnsafePreferInlineScheduling = InlineSockets.InUse;
            // nginx's and Linux's; a burst of visitors at the moment of an outage must find room.
            sockets.Backlog = 4096;
        });
}

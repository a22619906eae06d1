using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;

namespace EdgeHost.Transport;

/// <summary>How the public listener's connections are read and written. The management listener is a server of its own and keeps the defaults: its answers may take their time.</summary>
internal static class PublicTransport
{
    public static void Add(IServiceCollection services) => services
        .AddSingleton<IMemoryPoolFactory<byte>, BlockPoolFactory>()
        .Configure<SocketTransportOptions>(sockets =>
        {
            sockets.UnsafePreferInlineScheduling = InlineSockets.InUse;
            // nginx's and Linux's; a burst of visitors at the moment of an outage must find room.
            sockets.Backlog = 4096;
        });
}
